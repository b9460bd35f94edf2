import { expect, it } from 'vitest';
import { formatMeasurement, formatMetric, formatMetricWithSpread, formatWithSpread } from './format.ts';

it.each([
  [93.4123, 0.2519, '93.41 ± 0.25'],
  [7.61234, 1.26, '7.6 ± 1.3'],
  [98.333, 0.0996, '98.33 ± 0.10'],
  [-0.0123, 0.00456, '−0.0123 ± 0.0046'],
  [1234.4, 12.3, '1234 ± 12'],
  [100, 0, '100.00'],
  [-0.001, 0.5, '0.00 ± 0.50'],
])('%s with a spread of %s is %s', (value, spread, text) => {
  expect(formatWithSpread(value, spread)).toBe(text);
});

it.each([
  [0, '0'],
  [0.123456, '0.1235'],
  [12.3456, '12.35'],
  [-2, '−2.000'],
  [123456.7, '123457'],
  [1e-7, '1e−7'],
  [12345678, '1.235e7'],
  [Number.NaN, 'NaN'],
  [-Infinity, '−∞'],
])('%s reads %s', (value, text) => {
  expect(formatMeasurement(value)).toBe(text);
});

it('shows accuracies in percent and losses as they are', () => {
  expect(formatMetric('testAccuracy', 0.98765)).toBe('98.77');
  expect(formatMetric('testLoss', 0.98765)).toBe('0.9877');
  expect(formatMetricWithSpread('testAccuracy', 0.98765, 0.0016)).toBe('98.77 ± 0.16');
  expect(formatMetricWithSpread('testAccuracy', 0.98765, null)).toBe('98.77');
});
