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
  return (
    <section className="range" aria-label="Period">
      <ButtonGroup aria-label="Period">
        {PRESETS.map(({ name, label }) => (
          <RangeButton
            key={name}
            label={label}
            active={range.name === name}
            onClick={() => {
              onChange(presetRange(name, new Date(), timeZone));
            }}
          />
        ))}
        <RangeButton
          label="Custom"
          active={range.name === 'custom'}
          onClick={() => {
            onChange({ ...range, name: 'custom' });
          }}
        />
      </ButtonGroup>
      {range.name === 'custom' && <CustomDays initial={range} today={today} onChange={onChange} />}
      <p className="range-words">
        {wordsOf(range)} <span title="Days begin at midnight in this time zone">{timeZone}</span>
      </p>
    </section>
  );
}

interface RangeButtonProps {
  label: string;
  active: boolean;
  onClick: () => void;
}

function RangeButton({ label, active, onClick }: RangeButtonProps) {
  return (
    <Button variant="range" active={active} aria-pressed={active} onClick={onClick}>
      {label}
    </Button>
  );
}

interface CustomDaysProps {
  initial: DayRange;
  today: string;
  onChange: (range: DayRange) => void;
}

/** Two date fields. Dates that are not a valid range yet are kept here and not passed on. */
function CustomDays({ initial, today, onChange }: CustomDaysProps) {
  const [days, setDays] = useState({ first: initial.first, last: initial.last });
  const invalid = customRange(days.first, days.last) === null;
  const change = (next: typeof days) => {
    setDays(next);
    const range = customRange(next.first, next.last);
    if (range) {
      onChange(range);
    }
  };
  const field = (name: keyof typeof days, label: string) => (
    <Form.Control
      type="date"
      size="sm"
      aria-label={label}
      value={days[name]}
      max={today}
      isInvalid={invalid}
      onChange={(event) => {
        change({ ...days, [name]: event.target.value });
      }}
    />
  );
  return (
    <div className="range-custom">
      {field('first', 'First day')}
      <span aria-hidden="true">–</span>
      {field('last', 'Last day')}
      {invalid && (
        <span className="range-wrong" role="alert">
          The first day must not be after the last day.
        </span>
      )}
    </div>
  );
}

function wordsOf(range: DayRange): string {
  // A date without a time is midnight UTC, so it is formatted in UTC as well.
  const first = formatLongDay(new Date(range.first), 'UTC');
  return daysIn(range) === 1 ? first : `${first} – ${formatLongDay(new Date(range.last), 'UTC')}`;
}
