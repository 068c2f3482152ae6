namespace Sluice.Tests.Fuzz.Documents;

/// <summary>Values at the edge of what readers expect.</summary>
internal static class OddValues
{
    private const int LongText = 4000;
    private const int HugeText = 100_000;

    /// <summary>Numbers, truth and nothing, as they are written in JSON or nearly so.</summary>
    private static readonly string[] Literals =
    [
        "0", "-0", "1", "-1", "7", "99", "100", "101", "255", "32767", "65535", "65536", "2147483647", "2147483648", "-2147483648",
        "-2147483649", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "1e308",
        "1e309", "-1e999", "1e-400", "5e-324", "0.1", "0.30000000000000004", "1.0", "1E5", "1e05", "00", "010", "0x10", "0b1", "1_000",
        "+1", ".5", "1.", "-", "1e", "NaN", "Infinity", "-Infinity", "true", "false", "True", "yes", "off", "null", "Null", "~", "",
        "123456789012345678901234567890.123456789",
    ];

    /// <summary>Texts that some reader gives a meaning to, or stumbles over.</summary>
    private static readonly string[] Texts =
    [
        "", " ", "\t", "\n", "a\nb", "\r\n", "\0", "a\0b", "\u0001", "\u001b[31m", "\u007f", "\u0085", "\u00a0", "é", "e\u0301", "ß", "İ",
        "ı", "\u200b", "\u202e", "\u2028", "\ufeff", "\ufffd", "\uffff", "\ud800", "\udc00x", "😀", "𝟙", "١", "１", "K", "null", "true", "0",
        "-1", "1e999", "NaN", "{}", "[]", "{\"a\":1}", "[{\"type\": \"long\", \"name\": \"age\"}]", "[[", "'", "\"", "\\", "%", "%00",
        "%zz", "{0}", "$(x)", "${x}", "<x>", "##[error]x", "##vso[x]y", "::error::x", "a=b", "a:b", ":", "-", "--x", ".", "./", "x/", "./x",
        "nul", "a b", "azureml:", "azureml:a", "azureml:a:1", "azureml:a:b:c", "azureml:a@latest", "azureml:a@", "azureml:@latest",
        "azureml::1", "azureml://registries/r/models/m/versions/1", "azureml://registries/r/models/m/labels/latest", "azureml://", "file:",
        "file:x", "git@x", "https://x", "https://", "http:", "PT0S", "PT5S", "P1D", "PT1E9S", "P99999999D", "-PT1S", "4s", "0s", "-1s",
        "1.5h", "99999999d", "1ms", "4 s", "2026-01-02T03:04:05Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999-14:00",
        "2026-02-30", "00000000-0000-0000-0000-000000000000", "not-a-guid", "key", "aml_token", "aad_token", "AADToken", "Succeeded",
        "Failed", "Updating", "Managed", "Kubernetes", "default", "custom_model", "mlflow_model", "triton_model", "long", "tensor",
        "datetime", "1Gi", "0.5", "100m", "-1Gi", "1e3Gi", "blue", "green", "model", "local.json", "requests.json",
    ];

    /// <summary>A scalar that is none of the document's own.</summary>
    public static FuzzScalar Scalar(Random random) => random.Next(3) == 0
        ? new FuzzScalar(Literal(random), IsText: false)
        : new FuzzScalar(Text(random), IsText: true);

    /// <summary>A literal.</summary>
    public static string Literal(Random random) => random.Next(40) == 0
        ? new string((char)('0' + random.Next(10)), 1 + random.Next(400))
        : Literals[random.Next(Literals.Length)];

    /// <summary>A text, now and then a long one.</summary>
    public static string Text(Random random) => random.Next(100) switch
    {
        0 => new string('a', random.Next(LongText)),
        1 when random.Next(20) == 0 => string.Concat(Enumerable.Repeat("ab ", random.Next(HugeText / 3))),
        < 8 => string.Concat(Enumerable.Range(0, 1 + random.Next(6)).Select(_ => Texts[random.Next(Texts.Length)])),
        < 14 => string.Concat(Enumerable.Range(0, 1 + random.Next(12)).Select(_ => (char)random.Next(0x10000))),
        _ => Texts[random.Next(Texts.Length)],
    };
}
