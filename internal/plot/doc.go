// Package plot draws panels with gonum/plot and saves them byte for byte the same every time.
//
// It adds what the figures need and gonum/plot does not have: labels with Greek letters, italics, sub-
// and superscripts that look the same in PNG, SVG and PDF; logarithmic ticks with labels on every
// range; marks with hollow variants, error bars and limits; legends that avoid the data; a colour
// bar; colours that survive colour-blindness and grey printing.
//
// A [Page] holds panels side by side, and notes below them. [Page.PNG], [Page.SVG] and [Page.PDF]
// return files that carry the page's description: a tEXt chunk, <desc>, the Subject of the document.
package plot
