import { useState } from 'react';
import Button from 'react-bootstrap/Button';
import ButtonGroup from 'react-bootstrap/ButtonGroup';
import Form from 'react-bootstrap/Form';
import { formatLongDay } from '../format/time';
import { customRange, daysIn, PRESETS, presetRange, type DayRange } from './ranges';

interface RangePickerProps {
  range: DayRange;
  /** ISO date in `timeZone`. */
  today: string;
  timeZone: string;
  onChange: (range: DayRange) => void;
}

export function RangePicker({ range, today, timeZone, onChange }: RangePickerProps) {
  const [first, setFirst] = useState(range.first);
  const [last, setLast] = useState(range.last);
  const custom = range.name === 'custom';
  const wrong = custom && customRange(first, last) === null;

  const change = (nextFirst: string, nextLast: string) => {
    setFirst(nextFirst);
    setLast(nextLast);
    const next = customRange(nextFirst, nextLast);
    if (next) {
      onChange(next);
    }
  };

  return (
    <section className="range" aria-label="Range of days">
      <ButtonGroup aria-label="Range">
        {PRESETS.map(({ name, label }) => (
          <Button
            key={name}
            variant="range"
            active={range.name === name}
            aria-pressed={range.name === name}
            onClick={() => {
              onChange(presetRange(name, new Date(), timeZone));
            }}
          >
            {label}
          </Button>
        ))}
        <Button
          variant="range"
          active={custom}
          aria-pressed={custom}
          onClick={() => {
            change(range.first, range.last);
          }}
        >
          Custom
        </Button>
      </ButtonGroup>
      {custom && (
        <div className="range-custom">
          <Form.Control
            type="date"
            size="sm"
            aria-label="First day"
            value={first}
            max={today}
            isInvalid={wrong}
            onChange={(event) => {
              change(event.target.value, last);
            }}
          />
          <span aria-hidden="true">–</span>
          <Form.Control
            type="date"
            size="sm"
            aria-label="Last day"
            value={last}
            max={today}
            isInvalid={wrong}
            onChange={(event) => {
              change(first, event.target.value);
            }}
          />
          {wrong && (
            <span className="range-wrong" role="alert">
              The first day must not be after the last.
            </span>
          )}
        </div>
      )}
      <p className="range-words">
        {wordsOf(range)} <span title="Days begin at midnight in this time zone">{timeZone}</span>
      </p>
    </section>
  );
}

function wordsOf(range: DayRange): string {
  // A date alone is midnight UTC, so it is also spelt in UTC.
  const first = formatLongDay(new Date(range.first), 'UTC');
  return daysIn(range) === 1 ? first : `${first} – ${formatLongDay(new Date(range.last), 'UTC')}`;
}
