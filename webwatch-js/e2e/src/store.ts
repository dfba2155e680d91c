import { DuckDBInstance } from '@duckdb/node-api';

export interface StoredEvent {
  readonly type: string;
  readonly page_view: string;
  readonly sequence: number;
  readonly time_ns: string;
  readonly visitor: string;
  readonly session: string;
  readonly path: string;
  readonly route: string;
  readonly title: string | null;
  readonly browser: string;
  readonly bot: string | null;
  readonly kind: string | null;
  readonly engaged_ms: number | null;
  readonly visible_ms: number | null;
  readonly scroll_depth: number | null;
  readonly element: string | null;
  readonly href: string | null;
  readonly name: string | null;
  readonly properties: { readonly [name: string]: unknown };
}

export interface StoredSession {
  readonly session: string;
  readonly pages: number;
  readonly entry: string;
  readonly exit: string;
}

/** Contents of the DuckDB file of an application that has stopped. */
export class Store {
  private constructor(
    readonly events: readonly StoredEvent[],
    readonly sessions: readonly StoredSession[],
  ) {}

  static async read(file: string): Promise<Store> {
    const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    try {
      const events = await rows(
        connection,
        `select type, page_view, sequence::integer as sequence, time_ns::varchar as time_ns, visitor, session, path,
           route, title, browser, bot, kind, engaged_ms::integer as engaged_ms, visible_ms::integer as visible_ms,
           scroll_depth, element, href, name, properties::varchar as properties
         from events order by time_ns`,
      );
      const sessions = await rows(
        connection,
        'select session, pages::integer as pages, entry, exit from sessions order by time_ns',
      );
      return new Store(
        events.map((row) => ({
          ...row,
          properties: JSON.parse((row['properties'] as string | null) ?? '{}') as object,
        })) as unknown as StoredEvent[],
        sessions as unknown as StoredSession[],
      );
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }

  of(type: string, pageView: string): StoredEvent[] {
    return this.events.filter((event) => event.type === type && event.page_view === pageView);
  }
}

async function rows(
  connection: Awaited<ReturnType<DuckDBInstance['connect']>>,
  sql: string,
): Promise<{ [column: string]: unknown }[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJS();
}
