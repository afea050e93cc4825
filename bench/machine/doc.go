// Package machine identifies the machine that measurements come from, so that those of several machines can be told
// apart and compared, and witnesses how much others disturbed them.
package machine
