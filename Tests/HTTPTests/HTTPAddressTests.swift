import HTTP
import Testing

@Suite("An address")
struct HTTPAddressTests {
    @Test("is taken apart, with the scheme's own port where none is named")
    func parts() throws {
        let address = try #require(HTTPAddress("HTTPS://Kube.Example:6443/clusters/c1?x=1#top"))
        #expect(address.scheme == "https")
        #expect(address.host == "kube.example")
        #expect(address.port == 6443)
        #expect(address.pathAndQuery == "/clusters/c1?x=1")
        #expect(HTTPAddress("http://one.test")?.text == "http://one.test/")
        #expect(HTTPAddress("https://one.test:443?q")?.text == "https://one.test/?q")
    }

    @Test("knows IPv6")
    func ipv6() {
        #expect(HTTPAddress("https://[FD00::1]:6443/a")?.host == "fd00::1")
        #expect(HTTPAddress("https://[fd00::1]:6443/a")?.origin == "https://[fd00::1]:6443")
    }

    @Test("keeps no user and no password")
    func dropsCredentials() {
        #expect(HTTPAddress("http://ann:se@cret@one.test/a")?.text == "http://one.test/a")
    }

    @Test("is none with another scheme, a bad port, blanks or no host")
    func refused() {
        #expect(HTTPAddress("ftp://one.test/") == nil)
        #expect(HTTPAddress("one.test:443") == nil)
        #expect(HTTPAddress("https://one.test:70000/") == nil)
        #expect(HTTPAddress("https://one.test:x/") == nil)
        #expect(HTTPAddress("https://one.test/a b") == nil)
        #expect(HTTPAddress("https://one.test/a\r\nX: 1") == nil)
        #expect(HTTPAddress("https:///path") == nil)
        #expect(HTTPAddress("https://[fd00::1") == nil)
        #expect(HTTPAddress("") == nil)
    }

    @Test("a location leads on from it")
    func resolving() throws {
        let here = try #require(HTTPAddress("https://one.test:8443/a/b/c?q=1"))
        #expect(here.resolving("https://two.test/x")?.text == "https://two.test/x")
        #expect(here.resolving("//two.test/x")?.text == "https://two.test/x")
        #expect(here.resolving("/x?y")?.text == "https://one.test:8443/x?y")
        #expect(here.resolving("d")?.text == "https://one.test:8443/a/b/d")
        #expect(here.resolving("../d/./e/..")?.text == "https://one.test:8443/a/d/")
        #expect(here.resolving("../../../../d")?.text == "https://one.test:8443/d")
        #expect(here.resolving("?z")?.text == "https://one.test:8443/a/b/c?z")
        #expect(here.resolving("#top")?.text == "https://one.test:8443/a/b/c?q=1")
        #expect(here.resolving("file:///etc/passwd") == nil)
        #expect(here.resolving("/x?u=http://a/../b")?.text == "https://one.test:8443/x?u=http://a/../b")
    }
}
