package kernels_test

import _ "srhmbench/internal/testseed" // the same draws every time
