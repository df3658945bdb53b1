import CCurl

/// An easy handle with what libcurl keeps pointers to beside it: the header list and the room for its error message.
///
/// Reused for one request after the other; `reset` forgets every option, connections belong to the multi handle.
final class CurlEasy {
    let handle: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var lists: [UnsafeMutablePointer<curl_slist>?] = []

    init() {
        guard let handle = curl_easy_init() else { fatalError("libcurl has no memory for a request") }
        self.handle = handle
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(handle)
        errorText.deallocate()
        for list in lists { curl_slist_free_all(list) }
    }

    func reset() {
        curl_easy_reset(handle)
        for list in lists { curl_slist_free_all(list) }
        lists = []
        errorText[0] = 0
    }

    /// libcurl's words for what went wrong; they say more than the code does.
    var errorMessage: String { String(cString: errorText) }

    func keepErrorMessage() { ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText) }

    func set(_ option: CURLoption, _ value: Int) { ccurl_set_long(handle, option, value) }

    func set(_ option: CURLoption, _ value: Bool) { ccurl_set_long(handle, option, value ? 1 : 0) }

    /// libcurl copies the text; nil takes the option's default away.
    func set(_ option: CURLoption, _ value: String?) { ccurl_set_string(handle, option, value) }

    /// libcurl copies the bytes, so that no key need be kept in place here.
    func set(_ option: CURLoption, blob: [UInt8]) {
        blob.withUnsafeBytes { bytes in
            var blob = curl_blob()
            blob.data = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
            blob.len = bytes.count
            blob.flags = UInt32(CURL_BLOB_COPY)
            ccurl_set_blob(handle, option, &blob)
        }
    }

    func set(_ option: CURLoption, list lines: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines { list = curl_slist_append(list, line) }
        lists.append(list)
        ccurl_set_list(handle, option, list)
    }

    /// The body of a request, copied.
    func setBody(_ body: [UInt8]) {
        ccurl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        body.withUnsafeBytes { bytes in
            _ = ccurl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
        }
    }

    func int(_ info: CURLINFO) -> Int {
        var value = 0
        ccurl_get_long(handle, info, &value)
        return value
    }

    /// Microseconds for the `…_TIME_T` kind; 0 while that point was not reached.
    func size(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        ccurl_get_size(handle, info, &value)
        return Int(value)
    }

    /// The socket of a connection that is ours alone (`CURLOPT_CONNECT_ONLY`); nil once it is gone.
    var activeSocket: Int32? {
        var socket: curl_socket_t = -1
        return ccurl_get_socket(handle, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK && socket >= 0 ? socket : nil
    }
}
