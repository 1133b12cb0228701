/**
 * Whether a backend's answers can be protected as they are: {@link dev.ifmatch.doctor.Examination}
 * reads a resource several times, {@link dev.ifmatch.doctor.Diagnosis} says in plain words what
 * stands in the way and which settings help. Only {@link dev.ifmatch.doctor.HttpSource} knows the
 * network; nothing here ever writes.
 */
package dev.ifmatch.doctor;
