namespace HeartClassifier.Trainer.Onnx;

/// <summary>
/// Writes a graph as an ONNX file: IR version 8, opset 17, ai.onnx.ml 3. The field numbers are those of onnx.proto3; every tensor at
/// the graph's border is <c>[N]</c>, because MLflow feeds the columns of a data frame one by one.
/// </summary>
internal static class OnnxWriter
{
    private const int IrVersion = 8;
    private const int CoreOpset = 17;
    private const int ClassicalModelsOpset = 3;
    private const string Producer = "HeartClassifier.Trainer";

    /// <summary>The file's bytes; the same graph gives the same bytes.</summary>
    public static byte[] Write(OnnxGraph graph)
    {
        var model = new ProtobufWriter();
        model.Write(1, IrVersion);
        model.Write(2, Producer);
        model.Write(7, message => WriteGraph(message, graph));
        model.Write(8, message => WriteOpset(message, OnnxGraph.Core, CoreOpset));
        model.Write(8, message => WriteOpset(message, OnnxGraph.ClassicalModels, ClassicalModelsOpset));
        return model.ToArray();
    }

    private static void WriteOpset(ProtobufWriter writer, string domain, int version)
    {
        writer.Write(1, domain);
        writer.Write(2, version);
    }

    private static void WriteGraph(ProtobufWriter writer, OnnxGraph graph)
    {
        foreach (var node in graph.Nodes)
        {
            writer.Write(1, message => WriteNode(message, node));
        }

        writer.Write(2, graph.Name);
        foreach (var constant in graph.Constants)
        {
            writer.Write(5, message => WriteConstant(message, constant));
        }

        foreach (var input in graph.Inputs)
        {
            writer.Write(11, message => WriteValue(message, input));
        }

        foreach (var output in graph.Outputs)
        {
            writer.Write(12, message => WriteValue(message, output));
        }
    }

    private static void WriteNode(ProtobufWriter writer, OnnxNode node)
    {
        writer.Write(1, node.Inputs);
        writer.Write(2, node.Output);
        writer.Write(3, node.Output);
        writer.Write(4, node.Operator);
        foreach (var attribute in node.Attributes)
        {
            writer.Write(5, message => WriteAttribute(message, attribute));
        }

        writer.Write(7, node.Domain);
    }

    private static void WriteAttribute(ProtobufWriter writer, OnnxAttribute attribute)
    {
        const int type = 20;
        writer.Write(1, attribute.Name);
        switch (attribute.Value)
        {
            case long number:
                writer.Write(3, number);
                writer.Write(type, 2);
                break;
            case string text:
                writer.Write(4, text);
                writer.Write(type, 3);
                break;
            case IEnumerable<float> numbers:
                writer.Write(7, numbers);
                writer.Write(type, 6);
                break;
            case IEnumerable<long> numbers:
                writer.Write(8, numbers);
                writer.Write(type, 7);
                break;
            case IEnumerable<string> texts:
                writer.Write(9, texts);
                writer.Write(type, 8);
                break;
            default:
                throw new ArgumentException(
                    $"Attribute {attribute.Name} has no ONNX form: {attribute.Value.GetType()}.", nameof(attribute));
        }
    }

    private static void WriteConstant(ProtobufWriter writer, OnnxConstant constant)
    {
        switch (constant.Values)
        {
            case float scalar:
                writer.Write(2, (long)OnnxElementType.Float);
                writer.Write(4, [scalar]);
                break;
            case long[] vector:
                writer.Write(1, [vector.LongLength]);
                writer.Write(2, (long)OnnxElementType.Int64);
                writer.Write(7, vector);
                break;
            default:
                throw new ArgumentException(
                    $"Constant {constant.Name} has no ONNX form: {constant.Values.GetType()}.", nameof(constant));
        }

        writer.Write(8, constant.Name);
    }

    private static void WriteValue(ProtobufWriter writer, OnnxValue value)
    {
        writer.Write(1, value.Name);
        writer.Write(2, type => type.Write(1, tensor =>
        {
            tensor.Write(1, (long)value.Type);
            tensor.Write(2, shape => shape.Write(1, dimension => dimension.Write(2, "N")));
        }));
    }
}
