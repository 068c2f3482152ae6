using HeartClassifier.Trainer.Data;
using HeartClassifier.Trainer.Training;
using Microsoft.ML.Trainers.FastTree;

namespace HeartClassifier.Trainer.Onnx;

/// <summary>
/// Builds the graph that answers as a <see cref="HeartModel"/> does: one input per column, a label and a probability out.
/// </summary>
internal static class HeartGraph
{
    /// <summary>The output with the label: int64, 0 or 1.</summary>
    public const string Target = HeartSchema.Target;

    /// <summary>The output with the probability of label 1: float32.</summary>
    public const string Probability = "probability";

    /// <summary>The type of the graph's input for a column.</summary>
    public static OnnxElementType TypeOf(HeartColumn column) => column.Type switch
    {
        ColumnType.Long => OnnxElementType.Int64,
        ColumnType.Double => OnnxElementType.Float,
        ColumnType.String => OnnxElementType.String,
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Type, "No graph type belongs to this column type."),
    };

    /// <summary>Builds the graph.</summary>
    public static OnnxGraph Build(HeartModel model)
    {
        var graph = new OnnxGraph("heart_classifier");
        var features = AddFeatures(graph);
        var score = AddTrees(graph, features, model.Trees);
        AddAnswers(graph, score, (float)model.Calibrator.Slope, (float)model.Calibrator.Offset);
        return graph;
    }

    /// <summary>[N] columns to one [N, features] matrix, in the order in which ML.NET concatenates them.</summary>
    private static string AddFeatures(OnnxGraph graph)
    {
        var lastAxis = graph.AddVector("last_axis", 1);
        var parts = new List<string>();
        foreach (var column in HeartSchema.Numbers)
        {
            var input = graph.AddInput(column.Name, TypeOf(column));
            var number = TypeOf(column) == OnnxElementType.Float
                ? input
                : AddCast(graph, input, $"{column.Name}_float", OnnxElementType.Float);
            parts.Add(graph.AddNode("Unsqueeze", OnnxGraph.Core, [number, lastAxis], $"{column.Name}_column"));
        }

        var thal = graph.AddInput(HeartSchema.Thal.Name, TypeOf(HeartSchema.Thal));
        parts.Add(graph.AddNode(
            "OneHotEncoder",
            OnnxGraph.ClassicalModels,
            [thal],
            "thal_slots",
            new OnnxAttribute("cats_strings", HeartSchema.ThalWords),
            // A word that is not in the list gets zeros in all slots, as in ML.NET, instead of an error.
            new OnnxAttribute("zeros", 1L)));
        return graph.AddNode("Concat", OnnxGraph.Core, parts, "features", new OnnxAttribute("axis", 1L));
    }

    /// <summary>[N, features] to the sum of the trees' leaves, [N].</summary>
    private static string AddTrees(OnnxGraph graph, string features, TreeEnsemble<RegressionTree> trees)
    {
        var tables = TreeTables.Of(trees);
        var scores = graph.AddNode("TreeEnsembleRegressor", OnnxGraph.ClassicalModels, [features], "scores", [.. tables.ToAttributes()]);
        return graph.AddNode("Squeeze", OnnxGraph.Core, [scores, "last_axis"], "score");
    }

    /// <summary>The label is the score's sign; the probability is the score through Platt's sigmoid.</summary>
    private static void AddAnswers(OnnxGraph graph, string score, float slope, float offset)
    {
        var positive = graph.AddNode("Greater", OnnxGraph.Core, [score, graph.AddScalar("threshold", 0f)], "positive");
        AddCast(graph, positive, Target, OnnxElementType.Int64);
        graph.AddOutput(Target, OnnxElementType.Int64);

        var scaled = graph.AddNode("Mul", OnnxGraph.Core, [score, graph.AddScalar("scale", -slope)], "scaled");
        var logit = graph.AddNode("Add", OnnxGraph.Core, [scaled, graph.AddScalar("shift", -offset)], "logit");
        graph.AddNode("Sigmoid", OnnxGraph.Core, [logit], Probability);
        graph.AddOutput(Probability, OnnxElementType.Float);
    }

    private static string AddCast(OnnxGraph graph, string input, string output, OnnxElementType type) =>
        graph.AddNode("Cast", OnnxGraph.Core, [input], output, new OnnxAttribute("to", (long)type));
}
