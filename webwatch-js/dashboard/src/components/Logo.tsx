export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" width="30" height="30" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" className="logo-ground" />
      <path d="M6.5 17.5h4l3-8 5 14 3-9 1.6 3h2.4" className="logo-line" />
    </svg>
  );
}
