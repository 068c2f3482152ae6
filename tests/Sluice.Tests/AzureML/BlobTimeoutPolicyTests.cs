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
}
