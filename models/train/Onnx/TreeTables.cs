using Microsoft.ML.Trainers.FastTree;

namespace HeartClassifier.Trainer.Onnx;

/// <summary>
/// The parallel tables in which ONNX's TreeEnsembleRegressor wants its trees: one entry per node, inner nodes and leaves alike, and
/// one entry per leaf for its value. In a tree, inner nodes come first and keep ML.NET's numbers; the leaves follow.
/// </summary>
internal sealed class TreeTables
{
    private readonly List<long> _nodeTree = [];
    private readonly List<long> _nodeId = [];
    private readonly List<long> _nodeFeature = [];
    private readonly List<float> _nodeThreshold = [];
    private readonly List<string> _nodeMode = [];
    private readonly List<long> _nodeAtMost = [];
    private readonly List<long> _nodeAbove = [];
    private readonly List<long> _leafTree = [];
    private readonly List<long> _leafNode = [];
    private readonly List<float> _leafValue = [];
    private float _bias;

    private TreeTables()
    {
    }

    /// <summary>Lays out an ensemble of numeric splits.</summary>
    /// <exception cref="NotSupportedException">A tree splits by category.</exception>
    public static TreeTables Of(TreeEnsemble<RegressionTree> ensemble)
    {
        var tables = new TreeTables { _bias = (float)ensemble.Bias };
        for (var i = 0; i < ensemble.Trees.Count; i++)
        {
            tables.Add(i, ensemble.Trees[i], ensemble.TreeWeights[i]);
        }

        return tables;
    }

    /// <summary>The tables under the names of the operator's specification.</summary>
    public IEnumerable<OnnxAttribute> ToAttributes() =>
    [
        new("aggregate_function", "SUM"),
        new("base_values", new[] { _bias }),
        new("n_targets", 1L),
        new("nodes_falsenodeids", _nodeAbove),
        new("nodes_featureids", _nodeFeature),
        new("nodes_modes", _nodeMode),
        new("nodes_nodeids", _nodeId),
        new("nodes_treeids", _nodeTree),
        new("nodes_truenodeids", _nodeAtMost),
        new("nodes_values", _nodeThreshold),
        new("post_transform", "NONE"),
        new("target_ids", _leafValue.Select(_ => 0L)),
        new("target_nodeids", _leafNode),
        new("target_treeids", _leafTree),
        new("target_weights", _leafValue),
    ];

    private void Add(int treeNumber, RegressionTree tree, double weight)
    {
        if (tree.CategoricalSplitFlags.Any(flag => flag))
        {
            throw new NotSupportedException($"Tree {treeNumber} splits by category; TreeEnsembleRegressor knows numeric splits only.");
        }

        for (var node = 0; node < tree.NumberOfNodes; node++)
        {
            AddNode(
                treeNumber,
                node,
                "BRANCH_LEQ",
                tree.NumericalSplitFeatureIndexes[node],
                tree.NumericalSplitThresholds[node],
                NodeId(tree, tree.LeftChild[node]),
                NodeId(tree, tree.RightChild[node]));
        }

        for (var leaf = 0; leaf < tree.NumberOfLeaves; leaf++)
        {
            var node = tree.NumberOfNodes + leaf;
            AddNode(treeNumber, node, "LEAF", feature: 0, threshold: 0, atMost: 0, above: 0);
            _leafTree.Add(treeNumber);
            _leafNode.Add(node);
            _leafValue.Add((float)(tree.LeafValues[leaf] * weight));
        }
    }

    private void AddNode(int tree, int node, string mode, int feature, float threshold, int atMost, int above)
    {
        _nodeTree.Add(tree);
        _nodeId.Add(node);
        _nodeMode.Add(mode);
        _nodeFeature.Add(feature);
        _nodeThreshold.Add(threshold);
        _nodeAtMost.Add(atMost);
        _nodeAbove.Add(above);
    }

    /// <summary>ML.NET writes leaf k as the child ~k.</summary>
    private static int NodeId(RegressionTree tree, int child) => child >= 0 ? child : tree.NumberOfNodes + ~child;
}
