package browser

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// pages are the files to test, as SRHM_PAGES names them.
func pages(t *testing.T) []string {
	text := os.Getenv("SRHM_PAGES")
	if text == "" {
		t.Skip("no pages: make test-browser makes them and runs this")
	}
	return filepath.SplitList(text)
}

// browser is the program of Chromium.
func browser(t *testing.T) string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium: the pages are not tested")
	return ""
}

// start starts Chromium with an empty profile, for as long as the test runs.
func start(t *testing.T) context.Context {
	options := append([]chromedp.ExecAllocatorOption{
		chromedp.ExecPath(browser(t)), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.UserDataDir(t.TempDir()), chromedp.WSURLReadTimeout(time.Minute),
	}, flags("disable-quic", "disable-background-networking", "disable-component-update", "disable-sync")...)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	main, stopMain := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		stopMain()
		stop()
	})
	if err := chromedp.Run(main); err != nil {
		t.Fatal(err)
	}
	return main
}

func TestPages(t *testing.T) {
	files := pages(t)
	main := start(t)
	for _, file := range files {
		for _, width := range []int64{360, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				t.Run(fmt.Sprintf("%s/%d/%s", filepath.Base(filepath.Dir(file)), width, scheme), func(t *testing.T) {
					for _, fault := range faults(t, main, file, width, scheme) {
						t.Error(fault)
					}
				})
			}
		}
	}
}

func flags(names ...string) (list []chromedp.ExecAllocatorOption) {
	for _, name := range names {
		list = append(list, chromedp.Flag(name, true))
	}
	return list
}

// look is what a script finds out on a page.
type look struct {
	Sideways int      `json:"sideways"` // pixels that the page is wider than the window
	Pictures int      `json:"pictures"`
	Sizeless []string `json:"sizeless"` // pictures without a width or a height
	Links    int      `json:"links"`    // within the page
	Dangling []string `json:"dangling"` // of these, what they do not reach
	Dark     bool     `json:"dark"`     // the paper is darker than the ink
}

// script opens what is folded and looks.
const script = `(() => {
	const sideways = document.documentElement.scrollWidth - window.innerWidth;
	document.querySelectorAll("details").forEach(d => d.open = true);
	const wider = document.documentElement.scrollWidth - window.innerWidth;
	const pictures = [...document.querySelectorAll("img, body svg")].filter(p => !p.parentElement.closest("svg"));
	const sizeless = pictures.filter(p => { const r = p.getBoundingClientRect(); return !(r.width > 0 && r.height > 0) || p.complete === false || p.naturalWidth === 0; });
	const links = [...document.querySelectorAll('a[href^="#"]')].filter(a => a.getAttribute("href").length > 1);
	const dangling = links.filter(a => {
		const target = document.getElementById(decodeURIComponent(a.getAttribute("href").slice(1)));
		if (!target) return true;
		a.click();
		const top = target.getBoundingClientRect().top;
		return !(top > -2 && top < window.innerHeight);
	});
	const light = c => { const [r, g, b] = c.match(/[\d.]+/g).map(Number); return r + g + b; };
	const style = getComputedStyle(document.body);
	return {
		sideways: Math.max(sideways, wider), pictures: pictures.length, sizeless: sizeless.map(p => p.outerHTML.slice(0, 80)),
		links: links.length, dangling: dangling.map(a => a.getAttribute("href")), dark: light(style.backgroundColor) < light(style.color),
	};
})()`

// faults opens a page and says what is wrong with it.
func faults(t *testing.T, main context.Context, file string, width int64, scheme string) []string {
	t.Helper()
	tab, closeTab := chromedp.NewContext(main)
	defer closeTab()
	tab, stop := context.WithTimeout(tab, 2*time.Minute)
	defer stop()
	address := (&url.URL{Scheme: "file", Path: file}).String()
	var mu sync.Mutex
	var complaints []string
	chromedp.ListenTarget(tab, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		if c := complaint(event, address); c != "" {
			complaints = append(complaints, c)
		}
	})
	var found look
	err := chromedp.Run(tab,
		network.Enable(), runtime.Enable(), log.Enable(),
		emulation.SetDeviceMetricsOverride(width, 800, 1, width < 500),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
		chromedp.Navigate(address),
		chromedp.WaitReady("body"),
		chromedp.Evaluate(script, &found),
	)
	if err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	list := complaints
	if found.Sideways > 0 {
		list = append(list, fmt.Sprintf("the page scrolls sideways by %d pixels", found.Sideways))
	}
	if found.Pictures == 0 || len(found.Sizeless) > 0 {
		list = append(list, fmt.Sprintf("%d pictures, without size: %q", found.Pictures, found.Sizeless))
	}
	if found.Links == 0 || len(found.Dangling) > 0 {
		list = append(list, fmt.Sprintf("%d links within the page, of which these reach nothing: %q", found.Links, found.Dangling))
	}
	if found.Dark != (scheme == "dark") {
		list = append(list, fmt.Sprintf("dark paper: %t", found.Dark))
	}
	return list
}

// Every fault of a page is seen.
func TestFaults(t *testing.T) {
	pages(t)
	main := start(t)
	const good = `<!doctype html><link rel="icon" href="data:,"><style>:root { color-scheme: light dark } body { background: white; color: black; margin: 0 }
		@media (prefers-color-scheme: dark) { body { background: black; color: white } }</style>
		<svg width="10" height="10"></svg><a href="#x">x</a><details><summary>s</summary><p id="x">X</p></details>`
	for _, c := range []struct{ name, html, scheme, want string }{
		{"good", good, "dark", ""},
		{"a picture from elsewhere", good + `<img src="http://127.0.0.1:9/x.png" width="1" height="1">`, "light", "requested http://127.0.0.1:9/x.png"},
		{"a font from elsewhere", good + `<style>@font-face { font-family: f; src: url(file:///f.woff) } p { font-family: f }</style><p>f`, "light", "requested file:///f.woff"},
		{"an exception", good + `<script>throw new Error("oops")</script>`, "light", "oops"},
		{"an error on the console", good + `<script>console.error("oops")</script>`, "light", "console: error"},
		{"a picture without a size", good + `<svg width="0" height="5"></svg>`, "light", "without size: [\"<svg width"},
		{"a broken picture", good + `<img src="data:image/png;base64,AAAA">`, "light", "without size: [\"<img"},
		{"no picture", strings.Replace(good, "svg", "b", 2), "light", "0 pictures"},
		{"a table that is too wide", good + `<div style="width: 2000px">w</div>`, "light", "scrolls sideways by"},
		{"one that is folded", good + `<details><summary>s</summary><div style="width: 2000px">w</div></details>`, "light", "scrolls sideways by"},
		{"a link to nothing", good + `<a href="#y">y</a>`, "light", "reach nothing: [\"#y\"]"},
		{"no dark colours", strings.Replace(good, "@media", "@media print and", 1), "dark", "dark paper: false"},
	} {
		file := filepath.Join(t.TempDir(), "page.html")
		if err := os.WriteFile(file, []byte(c.html), 0o666); err != nil {
			t.Fatal(err)
		}
		said := strings.Join(faults(t, main, file, 360, c.scheme), "; ")
		if !strings.Contains(said, c.want) || c.want == "" && said != "" {
			t.Errorf("%s: %q, want %q", c.name, said, c.want)
		}
	}
}

// complaint is what is wrong about an event: a request that leaves the file, or an error on the console.
func complaint(event any, address string) string {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		asked := e.Request.URL
		if page, _, _ := strings.Cut(asked, "#"); page != address && !strings.HasPrefix(asked, "data:") {
			return "requested " + asked
		}
	case *runtime.EventExceptionThrown:
		return "exception: " + e.ExceptionDetails.Error()
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError || e.Type == runtime.APITypeWarning {
			return fmt.Sprintf("console: %s %v", e.Type, e.Args)
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.LevelError || e.Entry.Level == log.LevelWarning {
			return fmt.Sprintf("console: %s %s", e.Entry.Level, e.Entry.Text)
		}
	}
	return ""
}
