package dev.ifmatch.config;

/**
 * One thing that is wrong with a configuration file.
 *
 * @param path where in the document: {@code routes[2].tag.ignore[0]}; empty for the file as a whole
 * @param line the line, counted from 1; 0 where there is none
 * @param column the column, counted from 1; 0 where there is none
 * @param message what is wrong and what is allowed
 * @param source the line's text, to be shown with a mark; empty where there is none
 */
public record ConfigurationProblem(
    String path, int line, int column, String message, String source) {}
