// Package plot draws panels on the canvases of gonum/plot and saves them with the same bytes every time, on every
// machine.
//
// It has what figures need: labels with Greek letters, italics, sub- and superscripts that look the same in PNG, SVG
// and PDF; logarithmic axes with labels on every range; marks with hollow variants, error bars and limits; legends that
// avoid the data; a colour bar; colours that survive colour-blindness and grey printing.
//
// A [Page] holds panels side by side or in rows, and notes below them. [Page.PNG], [Page.SVG] and [Page.PDF] return
// files that carry the page's description: an iTXt chunk, <desc>, the Subject of the document.
//
// Axes, text and clipping are drawn here, not by gonum/plot, whose arithmetic a compiler may fuse: a coordinate that
// differs in its last bit is another byte in the file. What remains to the canvases is to write coordinates down, and
// to fill and stroke straight lines and the glyphs' quadratic curves in whole numbers.
package plot
