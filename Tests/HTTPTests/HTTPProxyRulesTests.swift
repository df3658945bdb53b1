import HTTP
import Testing

@Suite("The proxy of a request")
struct HTTPProxyRulesTests {
    @Test("is the one of the settings, before any variable and even for loopback")
    func settingsFirst() throws {
        var settings = HTTPServerSettings()
        settings.proxy = "http://own.test:3128"
        let rules = HTTPProxyRules(environment: ["HTTPS_PROXY": "http://env.test:1"])
        let address = try #require(HTTPAddress("https://127.0.0.1:6443"))
        #expect(try rules.proxy(for: address, settings: settings) == "http://own.test:3128")
    }

    @Test("comes from the variable of the scheme, else from ALL_PROXY, upper case first")
    func variables() throws {
        let environment = [
            "https_proxy": "http://lower.test:1", "HTTPS_PROXY": "http://upper.test:1",
            "ALL_PROXY": "socks5://all.test:1080",
        ]
        #expect(try proxy("https://one.test", environment) == "http://upper.test:1")
        #expect(try proxy("http://one.test", environment) == "socks5h://all.test:1080")
        #expect(try proxy("https://one.test", [:]) == nil)
        #expect(try proxy("https://one.test", ["HTTPS_PROXY": ""]) == nil)
    }

    @Test("is http where the variable names no scheme, and socks5 lets the proxy look names up")
    func schemes() throws {
        #expect(try proxy("https://one.test", ["HTTPS_PROXY": "proxy.test:3128"]) == "http://proxy.test:3128")
        #expect(try proxy("https://one.test", ["HTTPS_PROXY": "https://proxy.test"]) == "https://proxy.test")
        #expect(try proxy("https://one.test", ["HTTPS_PROXY": "socks5://u:p@proxy.test"]) == "socks5h://u:p@proxy.test")
    }

    @Test("of an unknown kind is an error that does not repeat it")
    func unknownScheme() throws {
        let error = #expect(throws: HTTPError.self) {
            try proxy("https://one.test", ["HTTPS_PROXY": "ftp://u:secret@proxy.test"])
        }
        #expect(
            error?.message
                == "cannot reach https://one.test through the proxy: the proxy's address must begin with http://, https:// or socks5://; check the proxy's address and its credentials"
        )
    }

    @Test("is none for this machine, as kubectl has it")
    func loopback() throws {
        let environment = ["HTTPS_PROXY": "http://proxy.test:3128"]
        #expect(try proxy("https://127.0.0.1:6443", environment) == nil)
        #expect(try proxy("https://localhost:6443", environment) == nil)
        #expect(try proxy("https://[::1]:6443", environment) == nil)
        #expect(try proxy("https://127.evil.test", environment) == "http://proxy.test:3128")
    }

    @Test("is none for what NO_PROXY names: host, subdomains, port, address, network")
    func noProxy() throws {
        let environment = [
            "HTTPS_PROXY": "http://proxy.test:3128",
            "NO_PROXY": "one.test, .two.test,three.test:8443,10.0.0.0/8 fd00::/8,192.0.2.7,*.four.test",
        ]
        #expect(try proxy("https://one.test", environment) == nil)
        #expect(try proxy("https://sub.one.test", environment) == nil)
        #expect(try proxy("https://notone.test", environment) != nil)
        #expect(try proxy("https://sub.two.test", environment) == nil)
        #expect(try proxy("https://three.test:8443", environment) == nil)
        #expect(try proxy("https://three.test", environment) != nil)
        #expect(try proxy("https://10.20.30.40", environment) == nil)
        #expect(try proxy("https://11.20.30.40", environment) != nil)
        #expect(try proxy("https://[fd00::5]", environment) == nil)
        #expect(try proxy("https://192.0.2.7", environment) == nil)
        #expect(try proxy("https://192.0.2.70", environment) != nil)
        #expect(try proxy("https://sub.four.test", environment) == nil)
        #expect(try proxy("https://x.test", ["ALL_PROXY": "http://p", "NO_PROXY": "*"]) == nil)
    }

    private func proxy(_ url: String, _ environment: [String: String]) throws -> String? {
        let address = try #require(HTTPAddress(url))
        return try HTTPProxyRules(environment: environment).proxy(for: address, settings: HTTPServerSettings())
    }
}
