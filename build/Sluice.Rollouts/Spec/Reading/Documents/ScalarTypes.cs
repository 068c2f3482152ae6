namespace Sluice.Rollouts.Spec.Reading.Documents;

/// <summary>
/// What a scalar may be read as. JSON says it exactly. In YAML, where people write <c>"1"</c> and <c>1</c> for the same thing, every
/// scalar but null may be read as anything that its text allows; what <c>az ml</c> sends of it where it checks nothing, <see cref="PlainScalar"/>
/// knows.
/// </summary>
[Flags]
internal enum ScalarTypes
{
    /// <summary>Null.</summary>
    None = 0,

    /// <summary>A string.</summary>
    Text = 1,

    /// <summary>A number.</summary>
    Number = 2,

    /// <summary>True or false.</summary>
    Boolean = 4,

    /// <summary>Any of them.</summary>
    Any = Text | Number | Boolean,
}
