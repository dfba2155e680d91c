import Table from 'react-bootstrap/Table';

export interface BarRow {
  key: string;
  label: string;
  values: readonly number[];
}

interface BarTableProps {
  caption: string;
  labelHead: string;
  valueHeads: readonly string[];
  rows: readonly BarRow[];
  format: (value: number) => string;
  mono?: boolean;
}

/** A ranking. The first value of each row is also drawn as a bar behind its label. */
export function BarTable({ caption, labelHead, valueHeads, rows, format, mono = false }: BarTableProps) {
  const max = Math.max(1, ...rows.map((row) => row.values[0] ?? 0));
  return (
    <Table className="bar-table" borderless size="sm">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{labelHead}</th>
          {valueHeads.map((head) => (
            <th scope="col" className="number" key={head}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row" className={mono ? 'mono' : ''} title={row.label}>
              <span className="bar" style={{ width: `${((row.values[0] ?? 0) / max) * 100}%` }} />
              <span className="bar-label">{row.label}</span>
            </th>
            {row.values.map((value, index) => (
              <td className="number" key={valueHeads[index] ?? index}>
                {format(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
