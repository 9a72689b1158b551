using Chat.Generators.Declared;

namespace Chat.Generators.Reading;

/// <summary>The rules for a value.</summary>
internal sealed record Expected(DeclaredType Type, Bounds Bounds, EquatableArray<string> Choices);
