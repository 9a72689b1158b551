using Chat.Generators.Declared;
using Microsoft.CodeAnalysis;

namespace Chat.Generators.Reading;

internal static class ChoicesReader
{
    public static EquatableArray<string> Read(AttributeData choices) =>
        choices.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Array, IsNull: false } given
            ? given.Values.Select(v => v.Value).OfType<string>().ToEquatableArray()
            : default;
}
