namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class BlobAnswerTests
{
    [Test]
    public async Task A_header_that_could_not_be_given_back_is_refused()
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");

        var answer = await blobs.SendAsync("PUT", "/models/a", ("x-ms-blob-type", "BlockBlob"), ("x-ms-meta-team", "käse"));

        Assert.That(answer.Response.StatusCode, Is.EqualTo(400));
        Assert.That(answer.Response.Headers["x-ms-error-code"].ToString(), Is.EqualTo("InvalidHeaderValue"));
        Assert.That(answer.Xml().DocumentElement!["Message"]!.InnerText, Does.Contain("x-ms-meta-team is 'käse'"));
    }

    [TestCase("x-ms-client-request-id")]
    [TestCase("x-ms-version")]
    public async Task What_every_answer_repeats_is_left_out_when_it_cannot_be_sent(string header)
    {
        using var blobs = new LocalBlobs();

        var answer = await blobs.SendAsync("GET", "/?comp=list", (header, "käse"));

        Assert.That(answer.Response.StatusCode, Is.EqualTo(400));
        Assert.That(answer.Response.Headers[header].ToString(), Does.Not.Contain("ä"));
    }

    [TestCase("rsct")]
    [TestCase("rscd")]
    public async Task A_parameter_that_would_become_a_header_is_refused_when_it_cannot(string parameter)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models/a", ("x-ms-blob-type", "BlockBlob"));

        var answer = await blobs.SendAsync("GET", $"/models/a?{parameter}=a%0Db");

        Assert.That(answer.Response.StatusCode, Is.EqualTo(400));
        Assert.That(answer.Response.Headers["x-ms-error-code"].ToString(), Is.EqualTo("InvalidQueryParameterValue"));
    }

    [Test]
    public async Task A_refusal_that_quotes_a_control_character_is_still_XML()
    {
        using var blobs = new LocalBlobs();

        var answer = await blobs.SendAsync("PUT", "/a%1Bb?restype=container");

        Assert.That(answer.Response.StatusCode, Is.EqualTo(400));
        Assert.That(answer.Xml().DocumentElement!["Message"]!.InnerText, Does.Contain("'a\ufffdb'"));
    }

    [TestCase("prefix")]
    [TestCase("delimiter")]
    public async Task A_list_that_quotes_a_control_character_says_that_it_is_encoded(string parameter)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");

        var answer = await blobs.SendAsync("GET", $"/models?restype=container&comp=list&{parameter}=%01");

        Assert.That(answer.Response.StatusCode, Is.EqualTo(200));
        var quoted = answer.Xml().DocumentElement!.ChildNodes.Cast<System.Xml.XmlElement>()
            .Single(element => element.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase));
        Assert.That((quoted.GetAttribute("Encoded"), quoted.InnerText), Is.EqualTo(("true", "%01")));
    }

    [TestCase("/?restype=account&comp=properties")]
    [TestCase("/models?restype=account&comp=properties")]
    [TestCase("/models/a?restype=account&comp=properties")]
    public async Task An_account_says_its_kind_wherever_it_is_asked(string target)
    {
        using var blobs = new LocalBlobs();

        var answer = await blobs.SendAsync("GET", target);

        Assert.That((answer.Response.StatusCode, answer.Response.Headers["x-ms-account-kind"].ToString()), Is.EqualTo((200, "StorageV2")));
    }

    [Test]
    public async Task The_service_shows_its_properties_in_the_documented_order_with_nothing_switched_on()
    {
        using var blobs = new LocalBlobs();

        var answer = await blobs.SendAsync("GET", "/?restype=service&comp=properties");

        var properties = answer.Xml().DocumentElement!;
        Assert.That((answer.Response.StatusCode, properties.Name), Is.EqualTo((200, "StorageServiceProperties")));
        Assert.That(
            properties.ChildNodes.Cast<System.Xml.XmlElement>().Select(element => element.Name),
            Is.EqualTo(new[] { "Logging", "HourMetrics", "MinuteMetrics", "Cors", "DeleteRetentionPolicy", "StaticWebsite" }));
        Assert.That(
            properties.GetElementsByTagName("Enabled").Cast<System.Xml.XmlElement>().Select(element => element.InnerText),
            Is.EqualTo(Enumerable.Repeat("false", 7)));
    }

    [TestCase("PUT", "/?restype=account&comp=properties")]
    [TestCase("GET", "/?comp=properties")]
    [TestCase("GET", "/models?restype=service&comp=properties")]
    [TestCase("PUT", "/?restype=service&comp=properties")]
    public async Task Other_properties_are_not_there(string method, string target)
    {
        using var blobs = new LocalBlobs();

        Assert.That((await blobs.SendAsync(method, target)).Response.StatusCode, Is.EqualTo(501));
    }
}
