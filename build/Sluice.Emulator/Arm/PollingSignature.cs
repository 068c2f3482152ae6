using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Emulator.Arm;

/// <summary>
/// The signature that Azure Resource Manager has put on polling addresses since 2025: <c>&amp;t=..&amp;c=..&amp;s=..&amp;h=..</c>, a time, a
/// certificate, a signature and a hash, so that an address is about 3.3 kB long. Clients have to follow it as it came, but for its
/// <c>api-version</c>: the pollers of Azure.Core put the client's own in its place (<c>NextLinkOperationImplementation</c>). An address
/// without a signature, such as the resource's own <c>AzureAsyncOperationUri</c>, is good too.
/// </summary>
/// <param name="secret">What the signatures are made with; the same over restarts, so that an operation can be polled to its end.</param>
internal sealed class PollingSignature(string secret)
{
    private const string Mark = "/mfeOperation";

    // The lengths that were seen: 2.5 kB for c, 342 characters for s, 43 for h. What is in c is opaque to clients; here it is noise.
    private const int CertificateLength = 1900;
    private const int SignatureLength = 256;

    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), SHA256.HashSizeInBytes, info: "polling"u8.ToArray());

    /// <summary>Signs an address, if it is one that is polled.</summary>
    /// <param name="root">Scheme, host and port, which are not signed.</param>
    /// <param name="address">The address: absolute, with a query.</param>
    /// <param name="now">The time.</param>
    public string Sign(string root, string address, DateTimeOffset now) =>
        address.Contains(Mark, StringComparison.Ordinal) ? $"{root}{SignTarget(address[root.Length..], now.UtcTicks)}" : address;

    /// <summary>Whether a request's path is as it was signed, whatever its api-version, or was never signed.</summary>
    public bool Holds(string target)
    {
        if (!target.Contains(Mark, StringComparison.Ordinal) || !IsSigned(target))
        {
            return true;
        }

        var end = target.IndexOf("&t=", StringComparison.Ordinal);
        return end > 0
            && long.TryParse(target[(end + 3)..].Split('&')[0], out var ticks)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(SignTarget(target[..end], ticks)), Encoding.UTF8.GetBytes(target));
    }

    private static bool IsSigned(string target) =>
        Array.Exists(["t=", "c=", "s=", "h="], part => target.Contains($"&{part}", StringComparison.Ordinal));

    private string SignTarget(string target, long ticks)
    {
        var path = target.Split('?')[0];
        var added = $"&t={ticks}&c={Text(Expand("certificate", CertificateLength))}";
        added = $"{added}&s={Text(Expand(path + added, SignatureLength))}";
        return $"{target}{added}&h={Text(SHA256.HashData(Encoding.UTF8.GetBytes(path + added)))}";
    }

    private byte[] Expand(string text, int length)
    {
        var bytes = new byte[length];
        HKDF.Expand(HashAlgorithmName.SHA256, HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)), bytes, []);
        return bytes;
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
