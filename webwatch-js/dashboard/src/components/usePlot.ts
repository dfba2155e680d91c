import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useTheme } from '../theme/useTheme';
import { chartData, chartOptions, type ChartShape } from './chartOptions';

interface Plot {
  /** The element that the chart is drawn in. */
  frame: RefObject<HTMLDivElement | null>;
  /** Moves the cursor of the chart to a time in epoch seconds. */
  moveCursor: (time: number) => void;
}

/** Draws `shape` with uPlot, and follows its data, the size of the frame and the theme. */
export function usePlot(shape: ChartShape, height: number, onCursor: (index: number | null) => void): Plot {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(shape);
  const theme = useTheme();
  const seriesKeys = shape.series.map((one) => one.key + one.kind).join();

  // Declared first, so that it has run before the effect below creates the chart.
  useLayoutEffect(() => {
    latest.current = shape;
    plot.current?.setData(chartData(shape));
  });

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) {
      return undefined;
    }
    const size = () => ({ width: Math.max(200, element.clientWidth), height });
    const options = chartOptions(() => latest.current, size(), onCursor);
    const created = new uPlot(options, chartData(latest.current), element);
    plot.current = created;
    const observer = new ResizeObserver(() => {
      created.setSize(size());
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      created.destroy();
      plot.current = null;
    };
  }, [theme, seriesKeys, height, onCursor]);

  // Axis labels are drawn on a canvas, which does not update when the font finishes loading.
  useEffect(() => {
    void (document as Partial<Document>).fonts?.ready.then(() => plot.current?.redraw());
  }, []);

  const moveCursor = (time: number) => {
    plot.current?.setCursor({ left: plot.current.valToPos(time, 'x'), top: 0 });
  };
  return { frame, moveCursor };
}
