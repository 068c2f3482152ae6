using System.Text;
using Sluice.Emulator.Scoring;

namespace Sluice.Tests.EmulatorScoring;

/// <summary>Requests to a container, and its answers as texts.</summary>
internal static class Requests
{
    /// <summary>Posts a body to /score.</summary>
    internal static (int Status, string Body) Score(this ModelContainer container, string body)
    {
        using var answer = container.Send("POST", "score", body);
        return (answer.Status, answer.Text());
    }

    /// <summary>Sends anything.</summary>
    internal static ContainerAnswer Send(
        this ModelContainer container, string method, string path, string body = "", string query = "",
        Func<ContainerRequest, ContainerRequest>? with = null)
        => container.Send(method, path, Encoding.UTF8.GetBytes(body), query, with);

    /// <inheritdoc cref="Send(ModelContainer, string, string, string, string, Func{ContainerRequest, ContainerRequest}?)"/>
    internal static ContainerAnswer Send(
        this ModelContainer container, string method, string path, byte[] body, string query = "",
        Func<ContainerRequest, ContainerRequest>? with = null)
        => container.SendAsync(method, path, body, query, with).GetAwaiter().GetResult();

    /// <summary>Sends anything, without a wait for its answer.</summary>
    internal static async Task<ContainerAnswer> SendAsync(
        this ModelContainer container, string method, string path, byte[] body, string query = "",
        Func<ContainerRequest, ContainerRequest>? with = null)
    {
        var buffer = new PooledBuffer(body.Length);
        body.CopyTo(buffer.GetSpan(body.Length));
        buffer.Advance(body.Length);
        using var request = new ContainerRequest(method, path, query, buffer) { ContentType = "application/json" };
        return (await container.AnswerAsync(with is null ? request : with(request)))!;
    }

    /// <summary>The body.</summary>
    internal static string Text(this ContainerAnswer answer) => Encoding.UTF8.GetString(answer.Body.Span);

    /// <summary>A header, or null.</summary>
    internal static string? Header(this ContainerAnswer answer, string name)
        => answer.Headers.Where(header => header.Key == name).Select(header => header.Value).SingleOrDefault();

    /// <summary>The body of a request with one frame.</summary>
    internal static string Frame(string columns, string data)
        => $$$"""{"input_data": {"columns": {{{columns}}}, "data": {{{data}}}}}""";
}
