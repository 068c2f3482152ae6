using Azure.Core;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>A list whose pages are fetched as they are asked for.</summary>
internal sealed class ArmPageable<TWire, T>(
    ArmConnection connection, Func<HttpMessage> first, Func<TWire, T> select, CancellationToken cancellationToken) : Pageable<T>
    where T : notnull
{
    public override IEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        var link = continuationToken;
        do
        {
            var response = connection.Send(link is null ? first() : connection.CreateMessage(link), cancellationToken);
            var page = WireJson.Read<ArmPage<TWire>>(response);
            link = string.IsNullOrEmpty(page.NextLink) ? null : page.NextLink;
            yield return Page<T>.FromValues([.. page.Value.Select(select)], link, response);
        }
        while (link is not null);
    }
}
