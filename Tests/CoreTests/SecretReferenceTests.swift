import Core
import Testing

@Suite("A secret's reference")
struct SecretReferenceTests {
    func message(_ reference: SecretReference) async -> String {
        do {
            _ = try await reference.resolve(variables: ["HOME": "/nonexistent"])
            return "resolved"
        } catch {
            return error.message
        }
    }

    @Test("reads an environment variable")
    func variable() async throws {
        #expect(try await SecretReference.env("TOKEN").resolve(variables: ["TOKEN": "s3cret"]) == "s3cret")
        #expect(await message(.env("TOKEN")) == "the environment variable TOKEN is not set")
    }

    @Test("takes the first line that a command prints")
    func command() async throws {
        #expect(try await SecretReference.command(["printf", "s3cret\\nmore\\n"]).resolve(variables: [:]) == "s3cret")
        #expect(
            await message(.command(["sh", "-c", "echo locked >&2; exit 3"]))
                == "the command sh failed with exit code 3: locked")
        #expect(
            await message(.command(["no-such-program-here"]))
                == "the command no-such-program-here was not found, or cannot be run")
        #expect(await message(.command(["true"])) == "the command true printed nothing")
    }

    @Test("says why a file cannot be read")
    func file() async {
        #expect(await message(.file("~/token")) == "the file ~/token cannot be read: no such file or directory")
        #expect(await message(.file("/dev/null")) == "the file /dev/null is empty")
    }
}
