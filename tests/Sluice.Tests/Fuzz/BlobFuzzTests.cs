using Sluice.Tests.Emulator;

namespace Sluice.Tests.Fuzz;

/// <summary>Requests to the blob service of the local Azure ML: names above all, and all else that a request has.</summary>
[Category("Fuzz")]
internal sealed class BlobFuzzTests
{
    private const int MostCalls = 4;

    [Test]
    public async Task Any_request_is_answered_as_the_blob_service_would()
    {
        using var blobs = new LocalBlobs();
        var fuzzer = new BlobCallFuzzer(LocalBlobs.Account, LocalBlobs.Authorization);

        await new FuzzRun<BlobCalls>(
            "blob requests",
            random => new BlobCalls([.. Enumerable.Range(0, 1 + random.Next(MostCalls)).Select(_ => fuzzer.Next(random))]),
            calls => ReadAsync(blobs, calls)).RunAsync(leastRead: 0.5);
    }

    /// <summary>Sends some calls to a store that has a little in it. The last one counts as how far they got.</summary>
    private static async Task<Reach> ReadAsync(LocalBlobs blobs, BlobCalls calls)
    {
        blobs.Clear();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/empty?restype=container");
        await blobs.SendAsync("PUT", "/models/block", ("x-ms-blob-type", "BlockBlob"), ("x-ms-meta-team", "cardio"));
        await blobs.SendAsync("PUT", "/models/append", ("x-ms-blob-type", "AppendBlob"), ("Content-Length", "0"));
        var reach = Reach.Accepted;
        foreach (var call in calls.Calls)
        {
            var answer = await blobs.SendAsync(
                call.Method, call.Host, call.Target, call.Headers.Select(header => (header.Key, header.Value)), call.Body);
            Check(call, answer);
            reach = answer.Response.StatusCode switch
            {
                < 300 => Reach.Accepted,
                401 or 403 or 501 => Reach.Unparsed,
                _ => Reach.Judged,
            };
        }

        return reach;
    }

    private static void Check(BlobCall call, BlobAnswer answer)
    {
        var (response, body) = answer;
        FindingException.ThrowUnless(
            response.StatusCode is (>= 200 and <= 206) or 304 or (>= 400 and < 500) or 501, $"The status is {response.StatusCode}.");
        foreach (var (name, values) in response.Headers)
        {
            // What the server under it would refuse to send.
            FindingException.ThrowUnless(
                $"{name}{values}".All(letter => letter is >= ' ' and <= '~'), $"The header {name} of the answer cannot be sent.");
        }

        if (call.Method == "HEAD")
        {
            FindingException.ThrowUnless(body.Length == 0, "HEAD is answered with a body.");
            return;
        }

        FindingException.ThrowUnless((response.ContentLength ?? body.Length) == body.Length, "The body is not as long as announced.");
        if (response.StatusCode >= 400)
        {
            FindingException.ThrowUnless(response.Headers["x-ms-error-code"].ToString().Length > 0, "A refusal has no code.");
            FindingException.ThrowUnless(answer.Xml().DocumentElement!.Name == "Error", "A refusal has another body than an error's.");
        }
        else if (response.ContentType == "application/xml")
        {
            _ = answer.Xml();
        }
    }
}
