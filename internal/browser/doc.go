// Package browser tests the pages that the program writes, the report and the comparison of benchmarks, in a real browser:
// "make test-browser" makes both and opens them in Chromium.
package browser
