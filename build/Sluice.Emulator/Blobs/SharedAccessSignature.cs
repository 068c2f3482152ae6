using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Sluice.Emulator.Blobs;

/// <summary>
/// Shared access signatures: of a service (one container or blob) and of the account. The texts that are signed are those of the
/// service's documentation ("Create a service SAS", "Create an account SAS"), by version.
/// </summary>
internal static class SharedAccessSignature
{
    private const string EncryptionScopeVersion = "2020-12-06";
    private const string ResourceVersion = "2018-11-09";
    private const string MadeVersion = "2024-11-04";
    private const string TimeForm = "yyyy-MM-ddTHH:mm:ss'Z'";

    /// <summary>
    /// How much earlier than it is made a signature begins, for the client's clock may be behind. The service itself allows for nothing: it
    /// refuses a signature before its start ("Grant limited access to data with shared access signatures", best practices).
    /// </summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(15);

    /// <summary>A signature for everything in a container, without a leading question mark.</summary>
    public static string ForContainer(StorageAccount account, string container, DateTimeOffset now, TimeSpan lifetime)
    {
        const string permissions = "racwdl";
        var start = (now - ClockSkew).UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);
        var end = (now + lifetime).UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);
        var text = string.Join('\n', permissions, start, end, $"/blob/{account.Name}/{container}", "", "", "https", MadeVersion, "c", "", "", "", "", "", "", "");
        var signature = Uri.EscapeDataString(SharedKeySignature.Sign(text, account.Key));
        return $"sv={MadeVersion}&st={Uri.EscapeDataString(start)}&se={Uri.EscapeDataString(end)}&sr=c&sp={permissions}&spr=https&sig={signature}";
    }

    /// <summary>Checks the signature in a request's query and says what it grants.</summary>
    /// <exception cref="BlobRefusedException">It is not valid, or not for this resource, caller or protocol.</exception>
    public static BlobGrant Check(StorageAccount account, BlobAddress address, HttpRequest request, DateTimeOffset now)
    {
        string Part(string name) => request.Query[name].ToString();
        if (Part("skoid").Length > 0)
        {
            throw BlobRefuse.NotAuthenticated("User delegation signatures are not supported by the local Azure ML; use the account key.");
        }

        var isAccount = Part("ss").Length > 0;
        var text = isAccount ? AccountText(account, Part) : ServiceText(account, address, Part);
        if (!SharedKeySignature.AreEqual(Part("sig"), SharedKeySignature.Sign(text, account.Key)))
        {
            throw BlobRefuse.NotAuthenticated("Signature did not match.");
        }

        CheckTimes(Part, now);
        CheckProtocol(Part("spr"), request.Scheme);
        CheckSource(Part("sip"), request.HttpContext.Connection.RemoteIpAddress);
        if (isAccount)
        {
            CheckAccountScope(address, Part);
            return BlobGrant.OfAccount(Part("sp"));
        }

        CheckServiceScope(address, Part("sr"));
        return BlobGrant.OfService(Part("sp"));
    }

    private static string AccountText(StorageAccount account, Func<string, string> part)
    {
        IEnumerable<string> parts = [account.Name, part("sp"), part("ss"), part("srt"), part("st"), part("se"), part("sip"), part("spr"), part("sv")];
        if (IsAtLeast(part, EncryptionScopeVersion))
        {
            parts = parts.Append(part("ses"));
        }

        return $"{string.Join('\n', parts)}\n";
    }

    private static string ServiceText(StorageAccount account, BlobAddress address, Func<string, string> part)
    {
        var resource = $"/blob/{account.Name}/{address.Container}{(part("sr") == "b" ? $"/{address.Blob}" : "")}";
        List<string> parts = [part("sp"), part("st"), part("se"), resource, part("si"), part("sip"), part("spr"), part("sv")];
        if (IsAtLeast(part, ResourceVersion))
        {
            parts.Add(part("sr"));
            parts.Add(part("snapshot"));
        }

        if (IsAtLeast(part, EncryptionScopeVersion))
        {
            parts.Add(part("ses"));
        }

        parts.AddRange([part("rscc"), part("rscd"), part("rsce"), part("rscl"), part("rsct")]);
        return string.Join('\n', parts);
    }

    private static bool IsAtLeast(Func<string, string> part, string version) => string.CompareOrdinal(part("sv"), version) >= 0;

    private static void CheckTimes(Func<string, string> part, DateTimeOffset now)
    {
        if (part("st") is { Length: > 0 } start && Time(start) > now)
        {
            throw BlobRefuse.NotAuthenticated("Signature not valid in the specified time frame: it has not begun.");
        }

        if (part("se") is not { Length: > 0 } end || Time(end) <= now)
        {
            throw BlobRefuse.NotAuthenticated("Signature not valid in the specified time frame: it has ended.");
        }
    }

    private static void CheckProtocol(string allowed, string used)
    {
        if (allowed.Length > 0 && !allowed.Split(',').Contains(used, StringComparer.OrdinalIgnoreCase))
        {
            throw BlobRefuse.OtherProtocol();
        }
    }

    /// <summary>Checks who calls: an IPv4 address, or a range of them with both ends ("Create a service SAS"). There are no others to sign for.</summary>
    private static void CheckSource(string allowed, IPAddress? source)
    {
        if (allowed.Length == 0)
        {
            return;
        }

        var caller = source is null || source.Equals(IPAddress.IPv6Loopback) ? IPAddress.Loopback : source.MapToIPv4();
        var ends = allowed.Split('-', 2);
        if (Number(caller) < Number(Address(ends[0])) || Number(caller) > Number(Address(ends[^1])))
        {
            throw BlobRefuse.OtherSource(caller);
        }
    }

    private static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address) ? address.MapToIPv4() : throw BlobRefuse.NotAuthenticated($"'{text}' is no IP address.");

    private static uint Number(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static void CheckAccountScope(BlobAddress address, Func<string, string> part)
    {
        var level = address switch { { Blob: not null } => 'o', { Container: not null } => 'c', _ => 's' };
        if (!part("ss").Contains('b', StringComparison.Ordinal))
        {
            throw BlobRefuse.OtherService();
        }

        if (!part("srt").Contains(level, StringComparison.Ordinal))
        {
            throw BlobRefuse.OutOfScope();
        }
    }

    private static void CheckServiceScope(BlobAddress address, string resource)
    {
        if (resource switch { "b" => address.Blob is null, "c" => address.Container is null, _ => true })
        {
            throw BlobRefuse.OutOfScope();
        }
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw BlobRefuse.NotAuthenticated($"'{text}' is no time.");
}
