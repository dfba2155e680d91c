// The slim build with the extensions that correspond to WebWatch's captures: no recorder, surveys or feature flags.
import posthog from 'posthog-js/dist/module.slim.no-external.js';
import { AnalyticsExtensions, ErrorTrackingExtensions } from 'posthog-js/dist/extension-bundles.js';
import 'posthog-js/dist/dead-clicks-autocapture.js';
import 'posthog-js/dist/exception-autocapture.js';
import 'posthog-js/lib/src/entrypoints/web-vitals.js';

posthog.init('bench', {
  api_host: new URL('.', document.currentScript.src).href.replace(/\/$/, ''),
  __extensionClasses: { ...AnalyticsExtensions, ...ErrorTrackingExtensions },
  defaults: '2025-11-30',
  autocapture: true,
  capture_pageview: 'history_change',
  capture_pageleave: true,
  capture_heatmaps: true,
  capture_dead_clicks: true,
  capture_exceptions: true,
  capture_performance: { web_vitals: true, web_vitals_attribution: false },
  rageclick: true,
  advanced_disable_flags: true,
  disable_session_recording: true,
  disable_surveys: true,
  opt_out_useragent_filter: true,
});
