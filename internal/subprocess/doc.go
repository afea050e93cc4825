// Package subprocess starts the programs that this one needs, such as git, go and python, and brings back what they print.
//
// They get a clean environment: no GIT_ variable of the caller. Git sets those for its hooks, and they tell any git
// that is started from there to work on the index, and in the directory, of the commit that is just being made.
package subprocess
