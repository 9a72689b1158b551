using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>
/// Adds what a settings file leaves out, with the values of a new object. Generated serializers set every <c>init</c> property, also one
/// that the file does not have, so its initializer would count only without a file.
/// </summary>
internal static class DefaultValues
{
    private static readonly JsonNodeOptions IgnoreCase = new() { PropertyNameCaseInsensitive = true };

    private static readonly JsonDocumentOptions AsWritten = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Runs the constructors of the settings.</summary>
    public static JsonNode? FillIn(ReadOnlySpan<byte> file, JsonTypeInfo type)
    {
        var root = JsonNode.Parse(file, IgnoreCase, AsWritten);
        FillIn(root, type, null);
        return root;
    }

    /// <param name="defaults">What the property has in a new object around it; null to make a new object.</param>
    private static void FillIn(JsonNode? node, JsonTypeInfo type, object? defaults)
    {
        switch (node)
        {
            case JsonObject given when type is { Kind: JsonTypeInfoKind.Object, PolymorphismOptions: null }:
                FillIn(given, type, defaults ?? Create(type.Type));
                break;
            case JsonObject entries when type is { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } element }:
                foreach (var (_, value) in entries) FillIn(value, type.Options.GetTypeInfo(element), null);
                break;
            case JsonArray values when type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element }:
                foreach (var value in values) FillIn(value, type.Options.GetTypeInfo(element), null);
                break;
            default: // a value
                break;
        }
    }

    private static void FillIn(JsonObject given, JsonTypeInfo type, object? defaults)
    {
        if (defaults is null || JsonSerializer.SerializeToNode(defaults, type) is not JsonObject written) return;
        foreach (var property in type.Properties)
        {
            if (property.IsRequired) continue; // whoever leaves it out makes a mistake
            if (given[property.Name] is { } value)
                FillIn(value, type.Options.GetTypeInfo(property.PropertyType), property.Get?.Invoke(defaults));
            else if (!given.ContainsKey(property.Name) && written.TryGetPropertyValue(property.Name, out var initial))
                given[property.Name] = initial?.DeepClone();
        }
    }

    /// <summary>Null for a class that needs arguments: then what is left out stays as the serializer leaves it.</summary>
    private static object? Create(Type type) =>
        type.IsValueType || (!type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null) ? Activator.CreateInstance(type) : null;
}
