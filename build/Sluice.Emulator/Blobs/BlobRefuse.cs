using System.Net;

namespace Sluice.Emulator.Blobs;

/// <summary>The refusals of the blob service, by cause, with its codes.</summary>
internal static class BlobRefuse
{
    public static BlobRefusedException NotAuthenticated(string why) => new(
        403,
        "AuthenticationFailed",
        $"Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature. {why}");

    public static BlobRefusedException NoAuthentication() => new(
        401, "NoAuthenticationInformation", "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.");

    public static BlobRefusedException InvalidToken() => new(
        401, "InvalidAuthenticationInfo", "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.");

    public static BlobRefusedException InvalidAuthorization() => new(
        400,
        "InvalidAuthenticationInfo",
        "The authentication information was not provided in the correct format. Verify the value of Authorization header.");

    public static BlobRefusedException NotPermitted(char permission) => new(
        403, "AuthorizationPermissionMismatch", $"This request is not authorized to perform this operation using this permission. It needs '{permission}'.");

    public static BlobRefusedException NotAuthorized() => new(
        403, "AuthorizationFailure", "This request is not authorized to perform this operation. It needs the signature of the account, or its key.");

    public static BlobRefusedException OutOfScope() => new(
        403, "AuthorizationResourceTypeMismatch", "This request is not authorized to perform this operation on this kind of resource.");

    public static BlobRefusedException OtherService() => new(
        403, "AuthorizationServiceMismatch", "This request is not authorized to perform this operation using this service.");

    public static BlobRefusedException OtherProtocol() => new(
        403, "AuthorizationProtocolMismatch", "This request is not authorized to perform this operation using this protocol.");

    public static BlobRefusedException OtherSource(IPAddress source) => new(
        403, "AuthorizationSourceIPMismatch", $"This request is not authorized to perform this operation using this source IP {source}.");

    public static BlobRefusedException ContainerNotFound() => new(404, "ContainerNotFound", "The specified container does not exist.");

    public static BlobRefusedException ContainerExists() => new(409, "ContainerAlreadyExists", "The specified container already exists.");

    public static BlobRefusedException BlobNotFound() => new(404, "BlobNotFound", "The specified blob does not exist.");

    public static BlobRefusedException BlobExists() => new(409, "BlobAlreadyExists", "The specified blob already exists.");

    public static BlobRefusedException WrongBlobType() => new(409, "InvalidBlobType", "The blob type is invalid for this operation.");

    public static BlobRefusedException ConditionNotMet() => new(
        412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");

    public static BlobRefusedException NotModified() => new(
        304, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");

    public static BlobRefusedException InvalidRange(long length) => new(
        416,
        "InvalidRange",
        $"The range specified is invalid for the current size of the resource, which is {length} bytes.",
        ("Content-Range", $"bytes */{length}"));

    public static BlobRefusedException Md5Mismatch(string given, string computed) => new(
        400,
        "Md5Mismatch",
        $"The MD5 value specified in the request did not match with the MD5 value calculated by the server: {given} was sent, {computed} was calculated.");

    public static BlobRefusedException InvalidMd5() => new(
        400, "InvalidMd5", "The MD5 value specified in the request is invalid. The MD5 value must be 128 bits and Base64-encoded.");

    public static BlobRefusedException Crc64Mismatch(string given, string computed) => new(
        400,
        "Crc64Mismatch",
        $"The CRC64 value specified in the request did not match with the CRC64 value calculated by the server: {given} was sent, {computed} was calculated.");

    public static BlobRefusedException BothHashes() => new(
        400, "BothCrc64AndMd5HeaderPresent", "A request names the MD5 or the CRC64 of a content, and not both.");

    public static BlobRefusedException InvalidStructuredBody(string why) => new(
        400, "InvalidInput", $"One of the request inputs is not valid. The body is no structured one: {why}.");

    public static BlobRefusedException InvalidMetadata(string name) => name.Length == 0
        ? new(400, "EmptyMetadataKey", "The key for one of the metadata key-value pairs is empty.")
        : new(400, "InvalidMetadata", $"The metadata specified is invalid. It has characters that are not permitted: the name is '{name}'.");

    public static BlobRefusedException MissingLength() => new(
        411, "MissingContentLengthHeader", "The Content-Length header was not specified.");

    public static BlobRefusedException InvalidHeader(string name, string? value, string allowed) => new(
        400, "InvalidHeaderValue", $"The value for one of the HTTP headers is not in the correct format: {name} is '{value}'; allowed is {allowed}.");

    public static BlobRefusedException MissingHeader(string name) => new(
        400, "MissingRequiredHeader", $"An HTTP header that's mandatory for this request is not specified: {name}.");

    public static BlobRefusedException UnsupportedHeader(string name) => new(
        400, "UnsupportedHeader", $"One of the HTTP headers specified in the request is not supported: {name}.");

    public static BlobRefusedException InvalidQuery(string name, string? value, string allowed) => new(
        400, "InvalidQueryParameterValue", $"Value for one of the query parameters is invalid: {name} is '{value}'; allowed is {allowed}.");

    public static BlobRefusedException InvalidName(string message) => new(400, "InvalidResourceName", message);

    public static BlobRefusedException InvalidXml(string message) => new(400, "InvalidXmlDocument", $"XML specified is not syntactically valid: {message}");

    public static BlobRefusedException InvalidBlockList(string id) => new(
        400, "InvalidBlockList", $"The specified block list is invalid: block '{id}' was not uploaded.");

    public static BlobRefusedException InvalidBlockId(string? id) => new(
        400, "InvalidQueryParameterValue", $"The block id '{id}' is invalid: it is base64 of 1 to 64 bytes.");

    public static BlobRefusedException OtherBlockIdLength(string id) => new(
        400, "InvalidBlobOrBlock", $"The specified blob or block content is invalid. All block ids of a blob have the same length, and '{id}' has another.");

    public static BlobRefusedException BlockCountExceeded(int limit) => new(
        409, "BlockCountExceedsLimit", $"The committed block count cannot exceed the maximum limit of {limit} blocks.");

    public static BlobRefusedException TooLarge(long limit) => new(
        413, "RequestBodyTooLarge", $"The request body is too large and exceeds the maximum permissible limit of {limit} bytes.");

    public static BlobRefusedException AppendPosition() => new(
        412, "AppendPositionConditionNotMet", "The append position condition specified was not met.");

    public static BlobRefusedException MaxBlobSize() => new(412, "MaxBlobSizeConditionNotMet", "The max blob size condition specified was not met.");

    public static BlobRefusedException Internal(string cause) => new(
        500, "InternalError", $"The server encountered an internal error. Please retry the request. The cause: {cause}");

    public static BlobRefusedException Unsupported(string what) => new(
        501, "NotImplemented", $"The requested operation is not implemented by the local Azure ML: {what}.");

    public static BlobRefusedException Lease(int status, string code, string message) => new(status, code, message);
}
