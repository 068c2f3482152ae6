using Sluice.Emulator.Blobs;

namespace Sluice.Tests.Emulator;

/// <summary>Checksums of what is moved. The sum of the digits is the one that is published for the CRC-64 of NVM Express.</summary>
[Category("Unit")]
internal sealed class BlobChecksumTests
{
    private const string Form = "XSM/1.0; properties=crc64";
    private const string SumOfDigits = "iJh5CoYUi64=";
    private static readonly byte[] Digits = "123456789"u8.ToArray();

    // Head, segment 1, sum of the segment, sum of the whole.
    private static readonly byte[] StructuredDigits =
    [
        1, 48, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0,
        1, 0, 9, 0, 0, 0, 0, 0, 0, 0, .. Digits,
        .. Convert.FromBase64String(SumOfDigits),
        .. Convert.FromBase64String(SumOfDigits),
    ];

    private static readonly string[] Targets = ["/models/a", "/models/a?comp=block&blockid=MDAx", "/models/log?comp=appendblock"];

    [Test]
    public void The_sum_of_the_digits_is_the_published_one() => Assert.That(SumOf(Digits, Digits.Length), Is.EqualTo((0xAE8B14860A799888UL, SumOfDigits)));

    [Test]
    public void The_sum_is_the_same_however_the_bytes_come([Range(1, 20)] int length)
    {
        var bytes = Enumerable.Range(0, 1000).Select(number => (byte)(number * 7)).ToArray();

        Assert.That(SumOf(bytes, length), Is.EqualTo(SumOf(bytes, 1)));
    }

    [TestCaseSource(nameof(Targets))]
    public async Task A_structured_body_brings_its_content_and_is_acknowledged(string target)
    {
        using var blobs = await MakeAsync();

        var answer = await PutAsync(blobs, target, StructuredDigits, Structured);
        await PutAsync(blobs, "/models/a?comp=blocklist", "<BlockList><Latest>MDAx</Latest></BlockList>"u8.ToArray());

        Assert.That(answer.Code, Is.EqualTo("201"));
        Assert.That(answer.Response.Headers["x-ms-structured-body"].ToString(), Is.EqualTo(Form));
        Assert.That(answer.Response.Headers["x-ms-content-crc64"].ToString(), Is.EqualTo(SumOfDigits));
        Assert.That((await blobs.SendAsync("GET", target.Split('?')[0])).Body, Is.EqualTo(Digits));
    }

    [TestCase(0, "InvalidInput", Description = "version")]
    [TestCase(1, "InvalidInput", Description = "length")]
    [TestCase(9, "InvalidInput", Description = "flags")]
    [TestCase(11, "InvalidInput", Description = "number of segments")]
    [TestCase(13, "InvalidInput", Description = "number of the segment")]
    [TestCase(15, "InvalidInput", Description = "length of the segment")]
    [TestCase(22, "InvalidInput", Description = "length of the segment, beyond all measure")]
    [TestCase(23, "Crc64Mismatch", Description = "content")]
    [TestCase(32, "Crc64Mismatch", Description = "sum of the segment")]
    [TestCase(47, "Crc64Mismatch", Description = "sum of the whole")]
    public async Task A_structured_body_with_a_wrong_byte_is_refused_and_leaves_nothing(int at, string code)
    {
        using var blobs = await MakeAsync();
        var body = StructuredDigits.ToArray();
        body[at] ^= 0x80;

        Assert.That(
            new[] { (await PutAsync(blobs, Targets[0], body, Structured)).Code, (await PutAsync(blobs, Targets[1], body, Structured)).Code },
            Has.All.EqualTo($"400 {code}"));
        Assert.That((await PutAsync(blobs, Targets[2], body, Structured)).Code, Is.EqualTo($"400 {code}"));
        Assert.That((await blobs.SendAsync("GET", "/models/a?comp=blocklist&blocklisttype=all")).Code, Is.EqualTo("404 BlobNotFound"));
        Assert.That((await blobs.SendAsync("GET", "/models/log")).Body, Is.Empty);
    }

    [Test]
    public async Task No_byte_of_a_structured_body_changes_unnoticed([Range(0, 47)] int at)
    {
        using var blobs = await MakeAsync();
        var body = StructuredDigits.ToArray();
        body[at]++;

        Assert.That((await PutAsync(blobs, "/models/a", body, Structured)).Response.StatusCode, Is.EqualTo(400));
    }

    [TestCase(20, Description = "within the head of the segment")]
    [TestCase(25, Description = "within the content")]
    [TestCase(40, Description = "before the last sum")]
    public async Task A_structured_body_that_breaks_off_is_refused(int length)
    {
        using var blobs = await MakeAsync();
        var body = StructuredDigits[..length];
        body[1] = (byte)length;

        var answer = await PutAsync(blobs, "/models/a", body, Structured);

        Assert.That(answer.Code, Is.EqualTo("400 InvalidInput"));
    }

    [TestCase("XSM/2.0; properties=crc64", "9", "400 InvalidHeaderValue")]
    [TestCase("XSM/1.0", "9", "400 InvalidHeaderValue")]
    [TestCase(Form, "", "400 MissingRequiredHeader")]
    [TestCase(Form, "8", "400 InvalidInput")]
    [TestCase(Form, "-9", "400 InvalidHeaderValue")]
    public async Task A_structured_body_of_another_form_or_length_is_refused(string form, string length, string code)
    {
        using var blobs = await MakeAsync();

        var answer = await PutAsync(blobs, "/models/a", StructuredDigits, [("x-ms-structured-body", form), ("x-ms-structured-content-length", length)]);

        Assert.That(answer.Code, Is.EqualTo(code));
    }

    [TestCase(null, 200)]
    [TestCase("bytes=0-8", 206)]
    public async Task A_structured_answer_is_given_to_who_asks_for_it(string? range, int status)
    {
        using var blobs = await MakeAsync();
        await PutAsync(blobs, "/models/a", Digits);

        var answer = await blobs.SendAsync("GET", "/models/a", ("x-ms-structured-body", Form), ("Range", range ?? ""));
        var other = await blobs.SendAsync("GET", "/models/a", ("x-ms-structured-body", "XSM/2.0"));

        Assert.That((answer.Code, answer.Response.ContentLength), Is.EqualTo(($"{status}", 48)));
        Assert.That(answer.Response.Headers["x-ms-structured-body"].ToString(), Is.EqualTo(Form));
        Assert.That(answer.Response.Headers["x-ms-structured-content-length"].ToString(), Is.EqualTo("9"));
        Assert.That(answer.Body, Is.EqualTo(StructuredDigits));
        Assert.That((other.Code, other.Response.Headers.ContainsKey("x-ms-blob-type")), Is.EqualTo(("400 InvalidHeaderValue", false)));
    }

    [TestCaseSource(nameof(Targets))]
    public async Task A_sum_in_a_header_is_checked_and_given_back(string target)
    {
        using var blobs = await MakeAsync();

        var wrong = await PutAsync(blobs, target, Digits, [("x-ms-content-crc64", Convert.ToBase64String(new byte[8]))]);
        var none = await PutAsync(blobs, target, Digits, [("x-ms-content-crc64", "aGVsbG8=")]);
        var both = await PutAsync(blobs, target, Digits, [("x-ms-content-crc64", SumOfDigits), ("Content-MD5", "JfnnlDI7RTiF9RgfGx2JNA==")]);
        var right = await PutAsync(blobs, target, Digits, [("x-ms-content-crc64", SumOfDigits)]);

        Assert.That(
            new[] { wrong.Code, none.Code, both.Code, right.Code },
            Is.EqualTo(new[] { "400 Crc64Mismatch", "400 InvalidHeaderValue", "400 BothCrc64AndMd5HeaderPresent", "201" }));
        Assert.That(right.Response.Headers["x-ms-content-crc64"].ToString(), Is.EqualTo(SumOfDigits));
    }

    [TestCase("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==", "Md5Mismatch")]
    [TestCase("x-ms-content-crc64", "AAAAAAAAAAA=", "Crc64Mismatch")]
    public async Task A_list_of_blocks_with_the_hash_of_another_is_refused(string header, string hash, string code)
    {
        using var blobs = await MakeAsync();
        await PutAsync(blobs, Targets[1], Digits);
        var list = "<BlockList><Latest>MDAx</Latest></BlockList>"u8.ToArray();

        var wrong = await PutAsync(blobs, "/models/a?comp=blocklist", list, [(header, hash)]);
        var right = await PutAsync(blobs, "/models/a?comp=blocklist", list, [("Content-MD5", ContentHash.Of(list).Md5)]);

        Assert.That((wrong.Code, right.Code), Is.EqualTo(($"400 {code}", "201")));
    }

    [Test]
    public async Task A_sum_of_a_range_is_given_to_who_asks_for_it()
    {
        using var blobs = await MakeAsync();
        await PutAsync(blobs, "/models/a", [.. "0"u8, .. Digits]);

        var answer = await blobs.SendAsync("GET", "/models/a", ("Range", "bytes=1-9"), ("x-ms-range-get-content-crc64", "true"));
        var both = await blobs.SendAsync(
            "GET", "/models/a", ("Range", "bytes=1-9"), ("x-ms-range-get-content-crc64", "true"), ("x-ms-range-get-content-md5", "true"));

        Assert.That((answer.Code, answer.Response.Headers["x-ms-content-crc64"].ToString()), Is.EqualTo(("206", SumOfDigits)));
        Assert.That(both.Code, Is.EqualTo("400 BothCrc64AndMd5HeaderPresent"));
    }

    private static (string, string)[] Structured => [("x-ms-structured-body", Form), ("x-ms-structured-content-length", "9")];

    private static (ulong, string) SumOf(byte[] bytes, int atOnce)
    {
        var sum = new Crc64();
        foreach (var chunk in bytes.Chunk(atOnce))
        {
            sum.Append(chunk);
        }

        return (sum.Value, sum.ToBase64());
    }

    private static async Task<LocalBlobs> MakeAsync()
    {
        var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models/log", ("x-ms-blob-type", "AppendBlob"), ("Content-Length", "0"));
        return blobs;
    }

    private static Task<BlobAnswer> PutAsync(LocalBlobs blobs, string target, byte[] body, params (string Name, string Value)[] headers) => blobs.SendAsync(
        "PUT",
        $"{LocalBlobs.Account}.blob.core.localhost",
        target,
        [("Authorization", LocalBlobs.Authorization), ("x-ms-blob-type", "BlockBlob"), .. headers],
        body);
}
