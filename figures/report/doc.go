// Package report makes one page of what figures show: the verdicts first, then every picture with its
// claims, the records behind it, and its data.
//
// The page is a single HTML file that needs neither network nor scripts; Markdown says the same without
// pictures. Both are functions of the records alone: there is no clock in them, so that the same records
// give the same bytes.
package report
