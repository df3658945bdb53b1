/// What somebody wants to do to what, as authorization sees it.
struct AccessRequest: Sendable, Equatable {
    var verb: String
    var group = ""
    var resource = ""
    var subresource = ""
    var namespace = ""
    var name = ""
}
