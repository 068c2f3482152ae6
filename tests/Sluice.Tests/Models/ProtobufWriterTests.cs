using HeartClassifier.Trainer.Onnx;

namespace Sluice.Tests.Models;

/// <summary>The expected bytes are those of the protobuf encoding guide, or worked out from it by hand.</summary>
[Category("Unit")]
internal sealed class ProtobufWriterTests
{
    [Test]
    public void An_integer_is_a_varint_of_seven_bits_a_byte() =>
        Assert.That(Bytes(writer => writer.Write(1, 150)), Is.EqualTo("089601"));

    [Test]
    public void A_negative_integer_takes_ten_bytes() =>
        Assert.That(Bytes(writer => writer.Write(1, -1)), Is.EqualTo("08ffffffffffffffffff01"));

    [Test]
    public void A_string_is_its_length_and_its_UTF_8() =>
        Assert.That(Bytes(writer => writer.Write(2, "testing")), Is.EqualTo("120774657374696e67"));

    [Test]
    public void A_float_is_four_bytes_with_the_lowest_first() =>
        Assert.That(Bytes(writer => writer.Write(2, 1f)), Is.EqualTo("150000803f"));

    [Test]
    public void A_message_is_its_length_and_its_fields() =>
        Assert.That(Bytes(writer => writer.Write(3, inner => inner.Write(1, 150))), Is.EqualTo("1a03089601"));

    [Test]
    public void Repeated_integers_are_packed_into_one_field() =>
        Assert.That(Bytes(writer => writer.Write(6, [3L, 270L, 86942L])), Is.EqualTo("3206038e029ea705"));

    [Test]
    public void A_field_number_above_15_takes_a_second_byte() =>
        Assert.That(Bytes(writer => writer.Write(20, 2)), Is.EqualTo("a00102"));

    private static string Bytes(Action<ProtobufWriter> write)
    {
        var writer = new ProtobufWriter();
        write(writer);
        return Convert.ToHexStringLower(writer.ToArray());
    }
}
