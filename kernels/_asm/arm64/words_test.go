package arm64

import (
	"encoding/binary"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/arch/arm64/arm64asm"
)

// What stands behind a word is what a disassembler makes of it.
func TestWordsAreWhatTheySay(t *testing.T) {
	g := &neon{arm64: arm64{suffix: "NEON"}}
	g.kernels()
	words := map[string]string{}
	for _, m := range regexp.MustCompile(`WORD \$(0x\w+) // (.*)`).FindAllStringSubmatch(g.text.String(), -1) {
		words[m[1]] = m[2]
	}
	if len(words) == 0 {
		t.Fatal("no words")
	}
	names := map[string]int{}
	for word, says := range words {
		code, err := strconv.ParseUint(word, 0, 32)
		if err != nil {
			t.Fatal(err)
		}
		inst, err := arm64asm.Decode(binary.LittleEndian.AppendUint32(nil, uint32(code)))
		if err != nil {
			t.Errorf("%s (%s): %v", word, says, err)
			continue
		}
		if got := arm64asm.GNUSyntax(inst); got != says {
			t.Errorf("%s says it is %q, and is %q", word, says, got)
		}
		names[strings.Fields(says)[0]]++
	}
	t.Log(len(words), "words of", len(names), "kinds:", names)
}
