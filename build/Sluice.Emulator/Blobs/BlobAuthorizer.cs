using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sluice.Emulator.Hosting;

namespace Sluice.Emulator.Blobs;

/// <summary>Decides what a blob request may do: by shared key, by shared access signature, or by the emulator's token.</summary>
internal sealed class BlobAuthorizer(StorageAccount account, BearerToken token, TimeProvider time)
{
    private const string Bearer = "Bearer ";
    private const string SharedKey = "SharedKey ";
    private const string SharedKeyLite = "SharedKeyLite ";
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(15);

    /// <summary>Authorizes a request.</summary>
    /// <exception cref="BlobRefusedException">Nobody has signed it, or wrongly.</exception>
    public BlobGrant Authorize(HttpRequest request, BlobAddress address)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(SharedKey, StringComparison.OrdinalIgnoreCase))
        {
            CheckSharedKey(request, address, authorization[SharedKey.Length..]);
            return BlobGrant.Everything;
        }

        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return token.Opens(authorization) ? BlobGrant.Everything : throw BlobRefuse.InvalidToken();
        }

        if (authorization.StartsWith(SharedKeyLite, StringComparison.OrdinalIgnoreCase))
        {
            throw BlobRefuse.Unsupported("the scheme SharedKeyLite");
        }

        if (authorization.Length > 0)
        {
            throw BlobRefuse.InvalidAuthorization();
        }

        return request.Query.ContainsKey("sig")
            ? SharedAccessSignature.Check(account, address, request, time.GetUtcNow())
            : throw BlobRefuse.NoAuthentication();
    }

    private void CheckSharedKey(HttpRequest request, BlobAddress address, string credential)
    {
        if (credential.Split(':', 2) is not [var name, var signature] || name != account.Name)
        {
            throw BlobRefuse.NotAuthenticated($"The credential is not for the account '{account.Name}'.");
        }

        CheckDate(request);
        var text = SharedKeySignature.TextOf(request.Method, request.Headers, account.Name, address.RawPath, request.Query);
        if (!SharedKeySignature.AreEqual(signature.Trim(), SharedKeySignature.Sign(text, account.Key)))
        {
            throw BlobRefuse.NotAuthenticated($"The signature does not match. The server signed: {text.ReplaceLineEndings("\\n")}");
        }
    }

    private void CheckDate(HttpRequest request)
    {
        var date = request.Headers["x-ms-date"].ToString() is { Length: > 0 } given ? given : request.Headers.Date.ToString();
        if (!DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed)
            || (time.GetUtcNow() - signed).Duration() > ClockSkew)
        {
            throw BlobRefuse.NotAuthenticated($"The request's date is '{date}'; it may be off by {ClockSkew.TotalMinutes:0} minutes at most.");
        }
    }
}
