using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Chat.LoadTest.Scenarios;

namespace Chat.LoadTest.CommandLine;

/// <summary>A run in a file: several scenarios, with thresholds.</summary>
internal sealed record ScenarioFile
{
    public const string SchemaName = "chat-load.schema.json";
    private const string Example = "example.json";
    private const string Unmapped = "could not be mapped", Unconverted = "could not be converted";
    private const int MostBytes = 1_048_576, MostScenarios = 20;

    /// <summary>Not generated: generated code would replace the defaults of properties that the file leaves out.</summary>
    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public int? Warmup { get; init; }

    public long? Seed { get; init; }

    public IReadOnlyList<string> FailIf { get; init; } = [];

    public IReadOnlyList<ScenarioSettings> Scenarios { get; init; } = [];

    /// <exception cref="LoadException">The file cannot be read, or something in it is wrong.</exception>
    public static ScenarioFile Read(string path, LoadTexts texts)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes) throw new JsonException($"> {MostBytes} bytes");
            var file = JsonSerializer.Deserialize<ScenarioFile>(File.ReadAllText(path), Json) ?? new();
            if (file.FirstMistake(texts) is not { } mistake) return file;
            throw new LoadException(ExitStatus.WrongUsage, texts.BadScenarioFile(path, mistake));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new LoadException(ExitStatus.WrongUsage, texts.BadScenarioFile(path, Reason(e, texts)));
        }
    }

    /// <summary>The serializer speaks of its types, which the author of a file does not know.</summary>
    private static string Reason(Exception e, LoadTexts texts) => e switch
    {
        JsonException { Message: var text } when text.Contains(Unmapped, StringComparison.Ordinal) =>
            texts.UnknownSetting(text.Split('\'')[1]),
        JsonException { Message: var text, Path: { } at } when text.Contains(Unconverted, StringComparison.Ordinal) =>
            texts.WrongKind(at.TrimStart('$', '.'), ((JsonException)e).LineNumber + 1 ?? 1),
        _ => e.Message,
    };

    /// <summary>Writes an example and its schema beside it. Replaces no file but the schema.</summary>
    /// <exception cref="LoadException">A file cannot be written.</exception>
    public static void Init(string path, LoadTexts texts)
    {
        try
        {
            using (var file = new FileStream(path, FileMode.CreateNew)) CopyTo(file, Example);
            using var schema = new FileStream(
                Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, SchemaName), FileMode.Create);
            CopyTo(schema, SchemaName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LoadException(ExitStatus.WrongUsage, texts.CannotWrite(path, e.Message));
        }
    }

    internal static Stream Embedded(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream($"Chat.LoadTest.CommandLine.{name}")!;

    private static void CopyTo(Stream file, string name)
    {
        using var resource = Embedded(name);
        resource.CopyTo(file);
    }

    /// <summary>Null if there is none.</summary>
    private string? FirstMistake(LoadTexts texts)
    {
        if (Scenarios.Count is 0 or > MostScenarios) return texts.OutOfRange("scenarios", $"{Scenarios.Count}", 1, MostScenarios);
        if (Warmup is < 0 or > 3_600) return texts.OutOfRange("warmup", $"{Warmup}", 0, 3_600);
        if (Scenarios.CountBy(one => one.Label).FirstOrDefault(name => name.Value > 1).Key is { } twice) return texts.NameTwice(twice);
        return Scenarios.Select(one => ScenarioChecks.FirstMistake(one, texts)).FirstOrDefault(mistake => mistake is not null);
    }
}
