using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Emulator.Scoring.Python;

namespace Sluice.Tests.EmulatorScoring;

[TestFixture]
[Category("Unit")]
public sealed class PythonFloatTests
{
    // Each expectation is what CPython prints for repr() of the number.
    [TestCase(0.0, "0.0")]
    [TestCase(-0.0, "-0.0")]
    [TestCase(1.0, "1.0")]
    [TestCase(-2.5, "-2.5")]
    [TestCase(0.1, "0.1")]
    [TestCase(1.0 / 3, "0.3333333333333333")]
    [TestCase(100.0, "100.0")]
    [TestCase(0.0001, "0.0001")]
    [TestCase(0.00001, "1e-05")]
    [TestCase(1.5e-7, "1.5e-07")]
    [TestCase(123456789012345.0, "123456789012345.0")]
    [TestCase(1e15, "1000000000000000.0")]
    [TestCase(1234567890123456.0, "1234567890123456.0")]
    [TestCase(-1234567890123456.5, "-1234567890123456.5")]
    [TestCase(9007199254740993.0, "9007199254740992.0")]
    [TestCase(1e16, "1e+16")]
    [TestCase(-1.2345678901234568e16, "-1.2345678901234568e+16")]
    [TestCase(1.2345678901234567e17, "1.2345678901234566e+17")]
    [TestCase(1e100, "1e+100")]
    [TestCase(5e-324, "5e-324")]
    [TestCase(double.MaxValue, "1.7976931348623157e+308")]
    [TestCase(0.09f, "0.09000000357627869")]
    [TestCase(double.NaN, "NaN")]
    [TestCase(double.PositiveInfinity, "Infinity")]
    [TestCase(double.NegativeInfinity, "-Infinity")]
    public void A_float_is_written_as_Python_writes_it(double value, string expected)
    {
        var written = Format(value);

        Assert.That(written, Is.EqualTo(expected));
    }

    [Test]
    public void Every_float_reads_back_as_itself_and_never_looks_like_an_integer()
        => Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<double>(), value =>
        {
            var written = Format(value);
            var read = written switch
            {
                "NaN" => double.NaN,
                "Infinity" => double.PositiveInfinity,
                "-Infinity" => double.NegativeInfinity,
                _ => double.Parse(written, CultureInfo.InvariantCulture),
            };
            var hasExponent = Math.Abs(value) is >= 1e16 or (> 0 and < 1e-4);
            return read.Equals(value) && (!double.IsFinite(value) || written.Contains('e') == hasExponent)
                && (!double.IsFinite(value) || hasExponent || written.Contains('.'));
        }));

    [TestCase("63", 63)]
    [TestCase(" 63\n", 63)]
    [TestCase("+7", 7)]
    [TestCase("-7", -7)]
    [TestCase("1_000", 1000)]
    public void A_text_that_is_an_integer_for_Python_is_read(string text, long expected)
    {
        var isRead = PythonFloat.TryParseInteger(Encoding.UTF8.GetBytes(text), out var value);

        Assert.That((isRead, value), Is.EqualTo((true, expected)));
    }

    [TestCase("63.5")]
    [TestCase("")]
    [TestCase("1__0")]
    [TestCase("_1")]
    [TestCase("1_")]
    [TestCase("0x10")]
    [TestCase("abc")]
    public void A_text_that_is_no_integer_for_Python_is_refused(string text)
    {
        Assert.That(PythonFloat.TryParseInteger(Encoding.UTF8.GetBytes(text), out _), Is.False);
    }

    [TestCase("2.5", 2.5)]
    [TestCase(" -2e3 ", -2000)]
    [TestCase("nan", double.NaN)]
    [TestCase("-Infinity", double.NegativeInfinity)]
    [TestCase("INF", double.PositiveInfinity)]
    [TestCase(".5", 0.5)]
    [TestCase("5.", 5)]
    [TestCase("1_0.5", 10.5)]
    public void A_text_that_is_a_float_for_Python_is_read(string text, double expected)
    {
        var isRead = PythonFloat.TryParse(Encoding.UTF8.GetBytes(text), out var value);

        Assert.That((isRead, value), Is.EqualTo((true, expected)));
    }

    [TestCase("")]
    [TestCase("normal")]
    [TestCase("1,5")]
    [TestCase("--1")]
    public void A_text_that_is_no_float_for_Python_is_refused(string text)
    {
        Assert.That(PythonFloat.TryParse(Encoding.UTF8.GetBytes(text), out _), Is.False);
    }

    private static string Format(double value)
    {
        Span<byte> text = stackalloc byte[PythonFloat.MaxLength];
        return Encoding.ASCII.GetString(text[..PythonFloat.Format(value, text)]);
    }
}
