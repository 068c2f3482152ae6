using System.Buffers.Binary;
using System.Text;

namespace Sluice.Benchmarks.References;

/// <summary>
/// The repository's model with many trees instead of a few: its own, again and again, each with its share of the weight. It takes and gives
/// the same, and works as long as a model of the usual size; the one that it is made of is done with a thousand rows in less time than they
/// take on the wire.
/// </summary>
internal static class GrownForest
{
    private const int GraphOfModel = 7;
    private const int NodeOfGraph = 1;
    private const int OperatorOfNode = 4;
    private const int AttributeOfNode = 5;
    private const int NameOfAttribute = 1;
    private const int Floats = 7;
    private const int Integers = 8;
    private const int Strings = 9;
    private const int Varint = 0;
    private const int Sized = 2;
    private const int Fixed64 = 1;

    /// <summary>Copies a model folder, with so many trees, or a few less, in its graph.</summary>
    /// <param name="source">The folder.</param>
    /// <param name="target">The folder that gets the files.</param>
    /// <param name="trees">The trees.</param>
    public static void Copy(string source, string target, int trees)
    {
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        var graph = Path.Combine(target, "model.onnx");
        File.WriteAllBytes(graph, Grow(File.ReadAllBytes(graph), trees));
    }

    private static byte[] Grow(byte[] model, int trees) => Replace(model, GraphOfModel, graph => Replace(graph, NodeOfGraph, node =>
    {
        var fields = Fields(node).ToList();
        var isForest = fields.Exists(field => field.Number == OperatorOfNode && Text(field.Value).StartsWith("TreeEnsemble", StringComparison.Ordinal));
        if (!isForest)
        {
            return node;
        }

        var ids = fields.Where(field => field.Number == AttributeOfNode).Select(field => field.Value)
            .First(attribute => NameOf(attribute) == "nodes_treeids");
        var there = (int)IntegersOf(ids).Max() + 1;
        return Replace(node, AttributeOfNode, attribute => Repeat(attribute, there, trees / there));
    }));

    private static byte[] Repeat(byte[] attribute, int trees, int times)
    {
        var name = NameOf(attribute);
        if (!name.StartsWith("nodes_", StringComparison.Ordinal)
            && !name.StartsWith("target_", StringComparison.Ordinal)
            && !name.StartsWith("class_", StringComparison.Ordinal))
        {
            return attribute;
        }

        using var written = new MemoryStream();
        foreach (var field in Fields(attribute).Where(field => field.Number is not (Floats or Integers or Strings)))
        {
            written.Write(field.Whole);
        }

        var integers = IntegersOf(attribute).ToList();
        var floats = FloatsOf(attribute).ToList();
        var strings = Fields(attribute).Where(field => field.Number == Strings).ToList();
        var step = name.EndsWith("_treeids", StringComparison.Ordinal) ? trees : 0;
        var share = name.EndsWith("_weights", StringComparison.Ordinal) ? 1f / times : 1;
        for (var time = 0; time < times; time++)
        {
            foreach (var integer in integers)
            {
                WriteTag(written, Integers, Varint);
                WriteVarint(written, (ulong)(integer + (time * step)));
            }

            foreach (var value in floats)
            {
                WriteTag(written, Floats, wire: 5);
                written.Write(BitConverter.GetBytes(value * share));
            }

            strings.ForEach(field => written.Write(field.Whole));
        }

        return written.ToArray();
    }

    private static string NameOf(byte[] attribute) => Text(Fields(attribute).First(field => field.Number == NameOfAttribute).Value);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static IEnumerable<long> IntegersOf(byte[] attribute)
    {
        foreach (var field in Fields(attribute).Where(field => field.Number == Integers))
        {
            for (var at = 0; at < field.Value.Length;)
            {
                yield return (long)ReadVarint(field.Value, ref at);
            }
        }
    }

    private static IEnumerable<float> FloatsOf(byte[] attribute) => Fields(attribute)
        .Where(field => field.Number == Floats)
        .SelectMany(field => field.Value.Chunk(sizeof(float)))
        .Select(bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes));

    /// <summary>A message with each field of a number replaced.</summary>
    private static byte[] Replace(byte[] message, int number, Func<byte[], byte[]> change)
    {
        using var written = new MemoryStream();
        foreach (var field in Fields(message))
        {
            if (field.Number != number)
            {
                written.Write(field.Whole);
                continue;
            }

            var changed = change(field.Value);
            WriteTag(written, number, Sized);
            WriteVarint(written, (ulong)changed.Length);
            written.Write(changed);
        }

        return written.ToArray();
    }

    /// <summary>The fields of a message in the form of Protocol Buffers: their numbers, their contents, and all of their bytes.</summary>
    private static IEnumerable<(int Number, byte[] Value, byte[] Whole)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var begin = at;
            var tag = ReadVarint(message, ref at);
            var start = at;
            switch ((int)(tag & 7))
            {
                case Varint:
                    ReadVarint(message, ref at);
                    break;
                case Fixed64:
                    at += sizeof(ulong);
                    break;
                case Sized:
                    var size = (int)ReadVarint(message, ref at);
                    start = at;
                    at += size;
                    break;
                default:
                    at += sizeof(uint);
                    break;
            }

            yield return ((int)(tag >> 3), message[start..at], message[begin..at]);
        }
    }

    private static ulong ReadVarint(byte[] bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private static void WriteTag(MemoryStream written, int number, int wire) => WriteVarint(written, ((ulong)number << 3) | (uint)wire);

    private static void WriteVarint(MemoryStream written, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            written.WriteByte((byte)(value | 0x80));
        }

        written.WriteByte((byte)value);
    }
}
