using System.Text;

namespace Sluice.Tests.EmulatorScoring;

/// <summary>Writes small ONNX graphs: the protobuf wire format by hand, so that the tests share nothing with what loads them.</summary>
internal sealed class OnnxWriter
{
    internal const int Float = 1;
    internal const int Int32 = 6;
    internal const int Int64 = 7;
    internal const int Text = 8;
    internal const int Bool = 9;
    internal const int Double = 11;

    private readonly List<byte> _graph = [];

    /// <summary>Adds an input. A negative dimension varies.</summary>
    internal OnnxWriter Input(string name, int type, params int[] shape)
    {
        Bytes(_graph, 11, Value(name, type, shape));
        return this;
    }

    /// <summary>Adds an output.</summary>
    internal OnnxWriter Output(string name, int type, params int[] shape)
    {
        Bytes(_graph, 12, Value(name, type, shape));
        return this;
    }

    /// <summary>Adds an operator.</summary>
    internal OnnxWriter Node(string op, string[] inputs, string[] outputs, params byte[][] attributes)
        => Node(op, domain: "", inputs, outputs, attributes);

    /// <summary>Adds an operator of a domain.</summary>
    internal OnnxWriter Node(string op, string domain, string[] inputs, string[] outputs, params byte[][] attributes)
    {
        List<byte> node = [];
        foreach (var input in inputs)
        {
            String(node, 1, input);
        }

        foreach (var output in outputs)
        {
            String(node, 2, output);
        }

        String(node, 4, op);
        foreach (var attribute in attributes)
        {
            Bytes(node, 5, attribute);
        }

        String(node, 7, domain);
        Bytes(_graph, 1, node);
        return this;
    }

    /// <summary>An attribute that is a whole number.</summary>
    internal static byte[] Attribute(string name, long value)
    {
        List<byte> attribute = [];
        String(attribute, 1, name);
        Varint(attribute, 3, value);
        Varint(attribute, 20, 2);
        return [.. attribute];
    }

    /// <summary>An attribute that is a float.</summary>
    internal static byte[] Attribute(string name, float value)
    {
        List<byte> attribute = [];
        String(attribute, 1, name);
        Fixed32(attribute, 2, value);
        Varint(attribute, 20, 1);
        return [.. attribute];
    }

    /// <summary>An attribute that is a list of texts.</summary>
    internal static byte[] Attribute(string name, params string[] values)
    {
        List<byte> attribute = [];
        String(attribute, 1, name);
        foreach (var value in values)
        {
            String(attribute, 9, value);
        }

        Varint(attribute, 20, 8);
        return [.. attribute];
    }

    /// <summary>An attribute that is a list of floats.</summary>
    internal static byte[] Attribute(string name, params float[] values)
    {
        List<byte> attribute = [];
        String(attribute, 1, name);
        foreach (var value in values)
        {
            Fixed32(attribute, 7, value);
        }

        Varint(attribute, 20, 6);
        return [.. attribute];
    }

    /// <summary>The file: IR version 8, opset 17, ai.onnx.ml 3.</summary>
    internal byte[] ToBytes()
    {
        List<byte> model = [];
        Varint(model, 1, 8);
        String(_graph, 2, "graph");
        Bytes(model, 7, _graph);
        Bytes(model, 8, Opset("", 17));
        Bytes(model, 8, Opset("ai.onnx.ml", 3));
        return [.. model];
    }

    private static List<byte> Opset(string domain, int version)
    {
        List<byte> opset = [];
        String(opset, 1, domain);
        Varint(opset, 2, version);
        return opset;
    }

    private static List<byte> Value(string name, int type, int[] shape)
    {
        List<byte> dimensions = [];
        foreach (var size in shape)
        {
            List<byte> dimension = [];
            if (size >= 0)
            {
                Varint(dimension, 1, size);
            }
            else
            {
                String(dimension, 2, size == -1 ? "N" : $"N{-size}");
            }

            Bytes(dimensions, 1, dimension);
        }

        List<byte> tensor = [];
        Varint(tensor, 1, type);
        Bytes(tensor, 2, dimensions);
        List<byte> typed = [];
        Bytes(typed, 1, tensor);
        List<byte> value = [];
        String(value, 1, name);
        Bytes(value, 2, typed);
        return value;
    }

    private static void String(List<byte> target, int field, string value) => Bytes(target, field, Encoding.UTF8.GetBytes(value));

    private static void Bytes(List<byte> target, int field, IReadOnlyCollection<byte> value)
    {
        Raw(target, (ulong)((field << 3) | 2));
        Raw(target, (ulong)value.Count);
        target.AddRange(value);
    }

    private static void Varint(List<byte> target, int field, long value)
    {
        Raw(target, (ulong)(field << 3));
        Raw(target, (ulong)value);
    }

    private static void Fixed32(List<byte> target, int field, float value)
    {
        Raw(target, (ulong)((field << 3) | 5));
        target.AddRange(BitConverter.GetBytes(value));
    }

    private static void Raw(List<byte> target, ulong value)
    {
        while (value >= 0x80)
        {
            target.Add((byte)(value | 0x80));
            value >>= 7;
        }

        target.Add((byte)value);
    }
}
