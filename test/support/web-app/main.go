// Command web is what test images run: a server that says who it is, and ends or fails when it is told to.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	fmt.Println("started", os.Getenv("VERSION"))
	if os.Getenv("CRASH") != "" {
		os.Exit(7)
	}
	if os.Getenv("TASK") != "" {
		return
	}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") })
	http.HandleFunc("/write", func(w http.ResponseWriter, r *http.Request) {
		if err := os.WriteFile(r.URL.Query().Get("path"), []byte("x"), 0o644); err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
		}
	})
	http.HandleFunc("/env", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, os.Getenv(r.URL.Query().Get("name"))) })
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		folder, _ := os.Getwd()
		fmt.Fprintf(w, "version=%s uid=%d gid=%d folder=%s", os.Getenv("VERSION"), os.Getuid(), os.Getgid(), folder)
	})
	server := http.Server{Addr: ":8080"}
	asked, _ := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	go func() {
		<-asked.Done()
		server.Shutdown(context.Background())
	}()
	fmt.Println(server.ListenAndServe())
}
