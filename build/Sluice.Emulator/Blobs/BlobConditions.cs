using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Sluice.Emulator.Blobs;

/// <summary>The conditional headers of a request.</summary>
/// <param name="IfMatch">The entity tag that the resource must have, <c>*</c> for any.</param>
/// <param name="IfNoneMatch">The entity tag that it must not have, <c>*</c> for any.</param>
/// <param name="IfModifiedSince">It must have been written after this.</param>
/// <param name="IfUnmodifiedSince">It must not have been written after this.</param>
internal sealed record BlobConditions(
    string? IfMatch, string? IfNoneMatch, DateTimeOffset? IfModifiedSince, DateTimeOffset? IfUnmodifiedSince)
{
    /// <summary>Reads the headers.</summary>
    public static BlobConditions Of(IHeaderDictionary headers) => new(
        Text(headers.IfMatch), Text(headers.IfNoneMatch), Time(headers.IfModifiedSince), Time(headers.IfUnmodifiedSince));

    /// <summary>Checks that a write may happen.</summary>
    /// <param name="etag">The resource's entity tag; null when there is none yet.</param>
    /// <param name="modified">When it was last written.</param>
    public void CheckWrite(string? etag, DateTimeOffset modified)
    {
        if (etag is null)
        {
            if (IfMatch is not null)
            {
                throw BlobRefuse.ConditionNotMet();
            }

            return;
        }

        if (IfNoneMatch == "*")
        {
            throw BlobRefuse.BlobExists();
        }

        if (!Holds(etag, modified))
        {
            throw BlobRefuse.ConditionNotMet();
        }
    }

    /// <summary>Checks that a read may happen.</summary>
    public void CheckRead(string etag, DateTimeOffset modified)
    {
        if (!HoldsPositively(etag, modified))
        {
            throw BlobRefuse.ConditionNotMet();
        }

        if (!HoldsNegatively(etag, modified))
        {
            throw BlobRefuse.NotModified();
        }
    }

    private bool Holds(string etag, DateTimeOffset modified) => HoldsPositively(etag, modified) && HoldsNegatively(etag, modified);

    private bool HoldsPositively(string etag, DateTimeOffset modified) =>
        (IfMatch is null || Matches(IfMatch, etag)) && (IfUnmodifiedSince is not { } limit || Seconds(modified) <= limit);

    private bool HoldsNegatively(string etag, DateTimeOffset modified) =>
        (IfNoneMatch is null || !Matches(IfNoneMatch, etag)) && (IfModifiedSince is not { } limit || Seconds(modified) > limit);

    private static bool Matches(string wanted, string etag) => wanted.Split(',', StringSplitOptions.TrimEntries)
        .Any(one => one == "*" || one.Trim('"') == etag.Trim('"'));

    // HTTP dates have no fractions, so neither has what they are compared with.
    private static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static DateTimeOffset? Time(string? value) =>
        DateTimeOffset.TryParseExact(value, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
