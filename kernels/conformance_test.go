package kernels_test

import (
	"testing"

	"srhmbench/kernels/kerneltest"
)

func TestConformance(t *testing.T) { kerneltest.Run(t) }
