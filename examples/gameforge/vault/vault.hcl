# One machine: traffic stays on the Compose network. In a cluster, put TLS here.
storage "file" { path = "/vault/file" }
listener "tcp" {
  address     = "0.0.0.0:8200"
  tls_disable = true
}
api_addr = "http://vault:8200"
