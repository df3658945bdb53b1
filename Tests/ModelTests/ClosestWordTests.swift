import Model
import Testing

struct ClosestWordTests {
    @Test("a letter too few finds its word")
    func missingLetter() { #expect(closestWord(to: "prodction", among: ["sandbox", "production"]) == "production") }

    @Test("two swapped letters are one slip")
    func swappedLetters() { #expect(closestWord(to: "dpo", among: ["pod", "dop"]) == "dop") }

    @Test("case does not matter, and the word comes back as it is written")
    func ignoresCase() { #expect(closestWord(to: "SANDBX", among: ["Sandbox"]) == "Sandbox") }

    @Test("the nearest of several near words wins")
    func nearest() {
        #expect(closestWord(to: "cluster-b", among: ["cluster-ab", "cluster-b1", "cluster-b"]) == "cluster-b")
    }

    @Test("a word that was begun but not finished is found")
    func begun() { #expect(closestWord(to: "prod", among: ["sandbox", "production-east"]) == "production-east") }

    @Test("nothing is offered when no word is near")
    func nothingNear() { #expect(closestWord(to: "zebra", among: ["sandbox", "production"]) == nil) }

    @Test("a short word is not replaced by one that shares no letter with it")
    func shortWord() { #expect(closestWord(to: "x", among: ["y", "ab"]) == nil) }

    @Test("nothing is offered for an empty word or from an empty list")
    func empty() {
        #expect(closestWord(to: "", among: ["a"]) == nil)
        #expect(closestWord(to: "a", among: []) == nil)
    }
}
