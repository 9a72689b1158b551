namespace Chat.Generators.Declared;

/// <summary>All but the last two are members of <c>ParameterType</c>.</summary>
internal enum TypeForm
{
    Text,
    Integer,
    LongInteger,
    Number,
    Boolean,
    Duration,
    User,
    Room,
    Choice,
    Parsable,
}
