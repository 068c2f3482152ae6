namespace Sluice.Tests.Fuzz;

/// <summary>Something that the blob service does.</summary>
/// <param name="Method">The method.</param>
/// <param name="Query">The query, without a question mark.</param>
/// <param name="IsContainer">Whether it is done to a container; to a blob otherwise.</param>
internal sealed record BlobOperation(string Method, string Query, bool IsContainer);
