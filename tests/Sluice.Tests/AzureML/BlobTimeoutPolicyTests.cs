using System.Reflection;
using Azure.Core;
using Azure.Core.Pipeline;
using Sluice.AzureML.Connection;

namespace Sluice.Tests.AzureML;

[Category("Unit")]
internal sealed class BlobTimeoutPolicyTests
{
    [TestCase(null, 30)]
    [TestCase(64 * 1024, 30)]
    [TestCase((64 * 1024) + 1, 600)]
    public void A_try_may_take_as_long_as_what_it_carries_needs(int? bytes, int seconds)
    {
        using var message = new HttpPipeline(HttpClientTransport.Shared).CreateMessage();
        message.Request.Content = bytes is { } length ? RequestContent.Create(new byte[length]) : null;

        new BlobTimeoutPolicy().OnSendingRequest(message);

        Assert.That(message.NetworkTimeout, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    /// <summary>The transport does not show its client, and to wait until its usual limit is over takes 100 s.</summary>
    [Test]
    public void No_client_below_ends_a_try_before_that()
    {
        using var handler = new SocketsHttpHandler();
        using var transport = AzureConnection.TransportOver(handler);
        var client = (HttpClient)typeof(HttpClientTransport)
            .GetProperty("Client", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(transport)!;

        Assert.That(client.Timeout, Is.EqualTo(Timeout.InfiniteTimeSpan));
    }
}
