using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Chat.Daemon.Plugins.Resources;

/// <summary>
/// Adds what a settings file leaves out, with the values of a new object. Generated serializers set every <c>init</c> property, also one
/// that the file does not have, so its initializer would count only without a file.
/// </summary>
internal static class DefaultValues
{
    private static readonly JsonDocumentOptions AsWritten = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Runs the constructors of the settings.</summary>
    /// <param name="file">Without duplicate names.</param>
    public static JsonNode? FillIn(ReadOnlySpan<byte> file, JsonTypeInfo type)
    {
        var root = JsonNode.Parse(file, documentOptions: AsWritten);
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
        if (defaults is null) return;
        var named = given.ToDictionary(one => one.Key, one => one.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.Properties.Where(property => IsSet(property, type)))
        {
            if (!named.TryGetValue(property.Name, out var value))
                Add(given, property, type, defaults);
            else if (property.CustomConverter is null)
                FillIn(value, type.Options.GetTypeInfo(property.PropertyType), property.Get!(defaults));
        }
    }

    /// <summary>Whether the serializer replaces the value, instead of adding to the one that a new object has.</summary>
    private static bool IsSet(JsonPropertyInfo property, JsonTypeInfo type) =>
        property.Get is not null && (property.Set is not null || property.AssociatedParameter is not null) && !property.IsExtensionData
        && (property.ObjectCreationHandling ?? type.PreferredPropertyObjectCreationHandling ?? type.Options.PreferredObjectCreationHandling)
            is JsonObjectCreationHandling.Replace;

    private static void Add(JsonObject given, JsonPropertyInfo property, JsonTypeInfo type, object defaults)
    {
        if (property.IsRequired) return; // leaving it out is an error
        try
        {
            if (property.Get!(defaults) is { } initial)
                given[property.Name] = JsonSerializer.SerializeToNode(initial, WriterOf(property, type));
        }
        catch (Exception)
        {
            // From a getter, or a converter that only reads: the property stays as the serializer leaves it.
        }
    }

    private static JsonTypeInfo WriterOf(JsonPropertyInfo property, JsonTypeInfo type)
    {
        var numbers = property.NumberHandling ?? type.NumberHandling;
        if (property.CustomConverter is null && numbers is null) return type.Options.GetTypeInfo(property.PropertyType);
        var options = new JsonSerializerOptions(type.Options) { NumberHandling = numbers ?? type.Options.NumberHandling };
        if (property.CustomConverter is { } converter) options.Converters.Insert(0, converter);
        return options.GetTypeInfo(property.PropertyType);
    }

    /// <summary>Null for a class that needs arguments: then what is left out stays as the serializer leaves it.</summary>
    private static object? Create(Type type) =>
        type.IsValueType || (!type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null) ? Activator.CreateInstance(type) : null;
}
