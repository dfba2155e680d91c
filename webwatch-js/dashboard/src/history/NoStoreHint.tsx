import { Icon } from '../components/Icon';

export function NoStoreHint({ hint }: { hint: string | null }) {
  return (
    <section className="card no-store" aria-labelledby="no-store-title">
      <span className="no-store-icon">
        <Icon name="database" size={28} />
      </span>
      <h2 id="no-store-title">History needs a store</h2>
      <p>
        The live view works from memory. To keep events across restarts and see trends, sources and devices
        here, add one dependency to your application and restart it.
      </p>
      {hint !== null && <pre className="no-store-hint">{hint}</pre>}
    </section>
  );
}
