// Package machine says which machine measurements are from, so that those of several can be told apart and
// put side by side, and witnesses how much others disturbed them.
package machine
